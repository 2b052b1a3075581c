import type { ReactNode } from 'react'
import { WorkHeader } from '#components/layout/page'
import { TabLinks } from '#components/ui/tab-links'

type ProjectTab = 'flow' | 'members'

const LABELS: Record<ProjectTab, string> = { flow: 'Flow', members: 'Members' }

const addressOf = (projectKey: string, tab: ProjectTab) =>
  `/projects/${encodeURIComponent(projectKey)}/${tab}`

interface ProjectHeadProps {
  projectKey: string
  tab: ProjectTab
  /** Beside the title. */
  description?: ReactNode
  actions?: ReactNode
}

/** The head of a project's pages and the way from one to the other. */
export function ProjectHead({ projectKey, tab, description, actions }: ProjectHeadProps) {
  return (
    <>
      <WorkHeader title={LABELS[tab]} mono={false} description={description} actions={actions} />
      <TabLinks
        className="ds-tabs"
        label="Project"
        items={(['flow', 'members'] as const).map((to) => ({
          label: LABELS[to],
          href: addressOf(projectKey, to),
        }))}
        current={addressOf(projectKey, tab)}
      />
    </>
  )
}
