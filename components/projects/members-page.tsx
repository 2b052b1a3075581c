'use client'

import { useQuery } from '@tanstack/react-query'
import { AccessGate, isRefused } from '#components/access/access-gate'
import { WorkArea } from '#components/layout/page'
import { Skeleton } from '#components/ui/skeleton'
import { projectQuery } from '#lib/client/projects'
import { MembersEditor } from './members-editor'
import { ProjectHead } from './project-head'

/** Who may read, write and administer a project. */
export function MembersPage({ projectKey }: { projectKey: string }) {
  const query = useQuery(projectQuery(projectKey))
  return (
    <WorkArea>
      {query.data === undefined && !isRefused(query.error) && (
        <ProjectHead projectKey={projectKey} tab="members" />
      )}
      <AccessGate
        query={query}
        name={`project ${projectKey}`}
        loading={
          <div className="p-6">
            <Skeleton label="Loading members" rows={4} />
          </div>
        }
        back={{ href: '/projects', label: 'Back to Projects' }}
      >
        {(project, ended) => (
          <MembersEditor
            project={project}
            ended={
              ended ?? (project.can.admin ? null : `You need the admin permission on project ${project.key}.`)
            }
          />
        )}
      </AccessGate>
    </WorkArea>
  )
}
