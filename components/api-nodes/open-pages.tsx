'use client'

import { openPage } from '#components/layout/open-page'

export const OpenNodesPage = openPage(() => import('./nodes-page').then(({ NodesPage }) => NodesPage))
