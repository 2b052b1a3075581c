import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type SpaceChange, settings } from '#lib/domain/spaces/wire'
import { call } from './api'

/** The space, and what the operator set. */
export const settingsQuery = () =>
  queryOptions({
    queryKey: ['space'],
    queryFn: ({ signal }) => call('GET', '/api/space', settings, { signal }),
  })

export function useSaveSpace() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SpaceChange) => call('PATCH', '/api/space', null, { body }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['space'] }),
        client.invalidateQueries({ queryKey: ['session'] }),
      ]),
  })
}
