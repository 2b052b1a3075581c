import { queryOptions } from '@tanstack/react-query'
import { openApiDocument } from '#lib/domain/openapi/document'
import { call } from './api'

/** The application's description of its API, which changes with its version alone. */
export const openApiQuery = queryOptions({
  queryKey: ['openapi.json'],
  queryFn: ({ signal }) => call('GET', '/api/openapi.json', openApiDocument, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})
