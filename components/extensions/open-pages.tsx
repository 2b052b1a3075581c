'use client'

import { openPage } from '#components/layout/open-page'

export const OpenExtensionsPage = openPage(() =>
  import('./extensions-page').then(({ ExtensionsPage }) => ExtensionsPage),
)
export const OpenExtensionPage = openPage(() =>
  import('./extension-page').then(({ ExtensionPage }) => ExtensionPage),
)
