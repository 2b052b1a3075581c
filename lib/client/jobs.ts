import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import * as z from 'zod'
import { type DatasetJobsQuery, datasetJobDetails, datasetJobs } from '#lib/domain/jobs/wire'
import { isUnderWay, job, jobItems } from '#lib/domain/progress/wire'
import { call } from './api'

const POLL_MS = 500
/** How often a list looks, for each page that is open: while something runs, and for what others start. */
const LOOK_MS = 1_000
const LOOK_IDLE_MS = 8_000

/** What starting a job answers. */
export const startedJob = z.object({ jobId: z.string() })

/** A job, polled while it is under way. */
export const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: ['jobs', jobId],
    queryFn: ({ signal }) => call('GET', `/api/jobs/${jobId}`, job, { signal }),
    refetchInterval: ({ state }) => (state.data && !isUnderWay(state.data.state) ? false : POLL_MS),
  })

/** One page of what a job has found so far. */
export const readJobItems = (jobId: string, after: number, signal?: AbortSignal) =>
  call('GET', `/api/jobs/${jobId}/items`, jobItems, { query: { after }, ...(signal ? { signal } : {}) })

/** The jobs about the datasets of a project that one may see, page by page; looked at again while one is under way. */
export const datasetJobsQuery = (projectKey: string, filter: Omit<DatasetJobsQuery, 'before'>) =>
  infiniteQueryOptions({
    queryKey: ['projects', projectKey, 'jobs', filter],
    queryFn: ({ pageParam, signal }) =>
      call('GET', jobsOf(projectKey), datasetJobs, {
        query: { ...filter, ...(pageParam === null ? {} : { before: pageParam }) },
        signal,
      }),
    // The filter stays on the page, and in focus, while what it finds comes in.
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state: { data } }) => {
      const pages = data?.pages ?? []
      const isBusy = pages.some(({ jobs }) => jobs.some(({ state }) => isUnderWay(state)))
      return (isBusy ? LOOK_MS : LOOK_IDLE_MS) * Math.max(1, pages.length)
    },
  })

/** One of them with all that is known of it, polled while it is under way. */
export const datasetJobQuery = (projectKey: string, jobId: string) =>
  queryOptions({
    queryKey: ['projects', projectKey, 'jobs', jobId],
    queryFn: ({ signal }) =>
      call('GET', `${jobsOf(projectKey)}/${encodeURIComponent(jobId)}`, datasetJobDetails, { signal }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.state) ? POLL_MS : false),
  })

const jobsOf = (projectKey: string) => `/api/projects/${encodeURIComponent(projectKey)}/jobs`

/** Asks a job to stop, and looks again wherever it is shown. */
export function useCancelJob() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (jobId: string) => call('POST', `/api/jobs/${jobId}/cancel`, null),
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes('jobs') }),
  })
}
