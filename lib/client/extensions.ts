import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { connectionDependents } from '#lib/domain/connections/who-can-access'
import {
  type Activation,
  type Deactivation,
  type Extension,
  extension,
  extensionList,
} from '#lib/domain/extensions/wire'
import { call } from './api'

const LIST_KEY = ['extensions']
const POLL_MS = 500

const underWay = (state: Extension['state']) => state === 'activating' || state === 'deactivating'

/** The catalogue with its states. */
export const extensionsQuery = () =>
  queryOptions({
    queryKey: LIST_KEY,
    queryFn: ({ signal }) => call('GET', '/api/extensions', extensionList, { signal }),
  })

/** One extension, polled while it is being activated or deactivated. */
export const extensionQuery = (key: string) =>
  queryOptions({
    queryKey: [...LIST_KEY, key],
    queryFn: ({ signal }) => call('GET', `/api/extensions/${encodeURIComponent(key)}`, extension, { signal }),
    refetchInterval: ({ state }) => (state.data && underWay(state.data.state) ? POLL_MS : false),
  })

/** What removing its connection concerns; asked before it is done. */
export const extensionDependentsQuery = (key: string) =>
  queryOptions({
    queryKey: [...LIST_KEY, key, 'dependents'],
    queryFn: ({ signal }) =>
      call('GET', `/api/extensions/${encodeURIComponent(key)}/dependents`, connectionDependents, { signal }),
  })

/** Starts an activation, or tries a failed one again. */
export function useActivateExtension(key: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Activation) =>
      call('POST', `/api/extensions/${encodeURIComponent(key)}/activate`, extension, { body }),
    onSuccess: (after) => {
      client.setQueryData([...LIST_KEY, key], after)
      return client.invalidateQueries({ queryKey: LIST_KEY, exact: true })
    },
  })
}

export function useDeactivateExtension(key: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Deactivation) =>
      call('POST', `/api/extensions/${encodeURIComponent(key)}/deactivate`, extension, { body }),
    onSuccess: (after) => {
      client.setQueryData([...LIST_KEY, key], after)
      return client.invalidateQueries({ queryKey: LIST_KEY, exact: true })
    },
  })
}
