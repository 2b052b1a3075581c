import type { ReactNode } from 'react'
import { WorkHeader } from '#components/layout/page'
import { TabLinks } from '#components/ui/tab-links'
import { PROJECT_TAB_LABELS, PROJECT_TABS, type ProjectTab, projectAddress } from './project-pages'

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
      <WorkHeader title={PROJECT_TAB_LABELS[tab]} mono={false} description={description} actions={actions} />
      <TabLinks
        className="ds-tabs"
        label="Project"
        items={PROJECT_TABS.map((to) => ({
          label: PROJECT_TAB_LABELS[to],
          href: projectAddress(projectKey, to),
        }))}
        current={projectAddress(projectKey, tab)}
      />
    </>
  )
}
