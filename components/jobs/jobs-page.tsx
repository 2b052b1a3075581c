'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { AccessGate } from '#components/access/access-gate'
import { WorkArea, WorkContent } from '#components/layout/page'
import { ProjectHead } from '#components/projects/project-head'
import { Skeleton } from '#components/ui/skeleton'
import { datasetJobsQuery } from '#lib/client/jobs'
import { JobPanel } from './job-panel'
import { type JobsView, jobsAddress, readJobsView } from './jobs-address'
import { JobsFilter } from './jobs-filter'
import { JobsList } from './jobs-list'

/** The work that goes on for the datasets of a project, and what became of it. */
export function JobsPage({ projectKey }: { projectKey: string }) {
  const view = readJobsView(useSearchParams())
  const { job, ...filter } = view
  const query = useInfiniteQuery(datasetJobsQuery(projectKey, filter))
  const close = () => {
    changeView(projectKey, { job: undefined })
    document.getElementById(`job-${job}`)?.focus()
  }
  const filters = (
    <JobsFilter
      projectKey={projectKey}
      view={view}
      onViewChange={(change) => changeView(projectKey, change)}
    />
  )
  return (
    <WorkArea>
      <ProjectHead projectKey={projectKey} tab="jobs" />
      <AccessGate
        query={query}
        name={`project ${projectKey}`}
        loading={
          <WorkContent label="All jobs">
            {filters}
            <Skeleton label="Loading jobs" rows={6} />
          </WorkContent>
        }
        back={{ href: '/projects', label: 'Back to Projects' }}
      >
        {({ pages }) => (
          <div className="split">
            <WorkContent label="All jobs">
              {filters}
              <JobsList
                projectKey={projectKey}
                view={view}
                jobs={pages.flatMap((page) => page.jobs)}
                onClear={() =>
                  changeView(projectKey, { state: undefined, kind: undefined, dataset: undefined })
                }
                isStale={query.isPlaceholderData}
                older={query}
              />
            </WorkContent>
            {job !== undefined && <JobPanel key={job} projectKey={projectKey} jobId={job} onClose={close} />}
          </div>
        )}
      </AccessGate>
    </WorkArea>
  )
}

/** Writes a change into the address; what was chosen a moment before is in it already, though not yet on the page. */
function changeView(projectKey: string, change: JobsView): void {
  const now = readJobsView(new URLSearchParams(window.location.search))
  window.history.replaceState(null, '', jobsAddress(projectKey, { ...now, ...change }))
}
