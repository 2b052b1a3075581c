'use client'

import { openPage } from '#components/layout/open-page'

export const OpenOverviewPage = openPage(() =>
  import('./overview-page').then(({ OverviewPage }) => OverviewPage),
)
