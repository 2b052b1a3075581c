'use client'

import { openPage } from '#components/layout/open-page'

export const OpenProjectsPage = openPage(() =>
  import('./projects-page').then(({ ProjectsPage }) => ProjectsPage),
)
export const OpenMembersPage = openPage(() => import('./members-page').then(({ MembersPage }) => MembersPage))
export const OpenFlowPage = openPage(() =>
  import('#components/flow/flow-page').then(({ FlowPage }) => FlowPage),
)
export const OpenJobsPage = openPage(() =>
  import('#components/jobs/jobs-page').then(({ JobsPage }) => JobsPage),
)
