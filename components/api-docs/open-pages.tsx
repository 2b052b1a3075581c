'use client'

import { openPage } from '#components/layout/open-page'

export const OpenApiDocsPage = openPage(() =>
  import('./api-docs-page').then(({ ApiDocsPage }) => ApiDocsPage),
)
