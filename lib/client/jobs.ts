import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import * as z from 'zod'
import { isUnderWay, job, jobItems } from '#lib/domain/progress/wire'
import { call } from './api'

const POLL_MS = 500

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

export function useCancelJob() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (jobId: string) => call('POST', `/api/jobs/${jobId}/cancel`, null),
    onSettled: (_, __, jobId) => client.invalidateQueries({ queryKey: ['jobs', jobId] }),
  })
}
