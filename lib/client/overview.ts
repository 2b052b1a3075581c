import { queryOptions } from '@tanstack/react-query'
import { overview } from '#lib/domain/overview/wire'
import { call } from './api'

const POLL_MS = 5_000

/** What is delivered and what waits, asked again every 5 s. */
export const overviewQuery = () =>
  queryOptions({
    queryKey: ['overview'],
    queryFn: ({ signal }) => call('GET', '/api/overview', overview, { signal }),
    refetchInterval: POLL_MS,
  })
