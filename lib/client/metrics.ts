import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { datasetMetrics, metricsHistory } from '#lib/domain/datasets/metrics'
import { call } from './api'
import { startedJob } from './jobs'

const pathOf = (projectKey: string, name: string) =>
  `/api/projects/${encodeURIComponent(projectKey)}/datasets/${encodeURIComponent(name)}/metrics`

/** The last metrics of a dataset as a whole; of its partitions no more than whether there are any. */
export const metricsQuery = (projectKey: string, name: string) =>
  queryOptions({
    queryKey: ['projects', projectKey, 'datasets', name, 'metrics'],
    queryFn: ({ signal }) =>
      call('GET', pathOf(projectKey, name), datasetMetrics, { query: { limit: 1 }, signal }),
  })

/** The last metrics of its partitions, page by page: of those whose id has a text in it. */
export const partitionMetricsQuery = (projectKey: string, name: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ['projects', projectKey, 'datasets', name, 'metrics', 'partitions', { search }],
    queryFn: ({ pageParam, signal }) =>
      call('GET', pathOf(projectKey, name), datasetMetrics, {
        query: { search, limit: 200, ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    // The search stays on the page, and in focus, while what it finds comes in.
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

/** What was computed of a dataset as a whole, or of one partition, newest first. */
export const metricsHistoryQuery = (projectKey: string, name: string, partition: string | null) =>
  queryOptions({
    queryKey: ['projects', projectKey, 'datasets', name, 'metrics', 'history', { partition }],
    queryFn: ({ signal }) =>
      call('GET', `${pathOf(projectKey, name)}/history`, metricsHistory, {
        query: partition === null ? {} : { partition },
        signal,
      }),
  })

/** Starts to compute all metrics of the whole dataset; read its progress with `jobQuery`. */
export function useComputeMetrics(projectKey: string, name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call('POST', pathOf(projectKey, name), startedJob, { body: {} }),
    onSuccess: ({ jobId }) => {
      // The job is told at once, so that its progress shows before the next look.
      const { queryKey } = metricsQuery(projectKey, name)
      client.setQueryData(queryKey, (before) => before && { ...before, jobId })
    },
  })
}
