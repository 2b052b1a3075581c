'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useRouter, useSearchParams } from 'next/navigation'
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
  const router = useRouter()
  const view = readJobsView(useSearchParams())
  const { job, ...filter } = view
  const query = useInfiniteQuery(datasetJobsQuery(projectKey, filter))
  const show = (next: JobsView) => router.replace(jobsAddress(projectKey, next), { scroll: false })
  const close = () => {
    show({ ...view, job: undefined })
    document.getElementById(`job-${job}`)?.focus()
  }
  return (
    <WorkArea>
      <ProjectHead projectKey={projectKey} tab="jobs" />
      <AccessGate
        query={query}
        name={`project ${projectKey}`}
        loading={
          <div className="p-6">
            <Skeleton label="Loading jobs" rows={6} />
          </div>
        }
        back={{ href: '/projects', label: 'Back to Projects' }}
      >
        {({ pages }) => (
          <div className="split">
            <WorkContent label="All jobs">
              <JobsFilter projectKey={projectKey} view={view} onViewChange={show} />
              <JobsList
                projectKey={projectKey}
                view={view}
                jobs={pages.flatMap((page) => page.jobs)}
                onClear={() => show({ job })}
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
