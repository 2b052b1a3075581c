'use client'

import { openPage } from '#components/layout/open-page'

export const OpenNodesPage = openPage(() =>
  import('#components/api-nodes/nodes-page').then(({ NodesPage }) => NodesPage),
)
