import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  apiKeys,
  type GlobalKeyChange,
  type GlobalKeyInput,
  newApiKey,
  type PersonalKeyInput,
  type ProjectKeyInput,
} from '#lib/domain/identity/wire'
import { call } from './api'

/** One's own keys. */
export const ownKeysQuery = () =>
  queryOptions({
    queryKey: ['keys'],
    queryFn: ({ signal }) => call('GET', '/api/keys', apiKeys, { signal }),
  })

/** The global keys of the space. */
export const globalKeysQuery = () =>
  queryOptions({
    queryKey: ['keys', 'global'],
    queryFn: ({ signal }) => call('GET', '/api/keys/global', apiKeys, { signal }),
  })

/** Everyone's personal keys. */
export const personalKeysQuery = () =>
  queryOptions({
    queryKey: ['keys', 'personal'],
    queryFn: ({ signal }) => call('GET', '/api/keys/personal', apiKeys, { signal }),
  })

/** The keys that open one project. */
export const projectKeysQuery = (projectKey: string) =>
  queryOptions({
    queryKey: ['keys', 'project', projectKey],
    queryFn: ({ signal }) => call('GET', `/api/projects/${projectKey}/keys`, apiKeys, { signal }),
  })

function useKeyMutation<V, R>(mutationFn: (value: V) => Promise<R>) {
  const client = useQueryClient()
  // After a refusal too: others may have changed it, and opened again it is as it stands.
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: ['keys'] }) })
}

export const useCreatePersonalKey = () =>
  useKeyMutation((body: PersonalKeyInput) => call('POST', '/api/keys', newApiKey, { body }))

export const useCreateGlobalKey = () =>
  useKeyMutation((body: GlobalKeyInput) => call('POST', '/api/keys/global', newApiKey, { body }))

export const useCreateProjectKey = (projectKey: string) =>
  useKeyMutation((body: ProjectKeyInput) =>
    call('POST', `/api/projects/${projectKey}/keys`, newApiKey, { body }),
  )

export const useSaveKey = (keyId: string) =>
  useKeyMutation((body: GlobalKeyChange) => call('PATCH', `/api/keys/${keyId}`, null, { body }))

export const useRevokeKey = () =>
  useKeyMutation((keyId: string) => call('DELETE', `/api/keys/${keyId}`, null))
