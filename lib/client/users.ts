import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { directory, oneTimeLink, type UserChange, users } from '#lib/domain/identity/wire'
import { call } from './api'

/** The users of the space, narrowed by a search. */
export const usersQuery = (search: string) =>
  queryOptions({
    queryKey: ['users', { search }],
    queryFn: ({ signal }) =>
      call('GET', '/api/users', users, { query: { search: search || undefined }, signal }),
    placeholderData: keepPreviousData,
  })

/** Groups and people by name: for choosing whom to give access. */
export const directoryQuery = () =>
  queryOptions({
    queryKey: ['users', 'directory'],
    queryFn: ({ signal }) => call('GET', '/api/users/directory', directory, { signal }),
  })

/** A change of a user also changes groups and, perhaps, what one may oneself. */
function useUserMutation<V>(mutationFn: (value: V) => Promise<void>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all(
        ['users', 'groups', 'session'].map((noun) => client.invalidateQueries({ queryKey: [noun] })),
      ),
    // Others may have changed it: opened again it is as it stands.
    onError: () => client.invalidateQueries({ queryKey: ['users'] }),
  })
}

export const useSaveUser = (userId: string) =>
  useUserMutation((body: UserChange) => call('PATCH', `/api/users/${userId}`, null, { body }))

export const useDisableUser = (userId: string) =>
  useUserMutation((reason: string) =>
    call('POST', `/api/users/${userId}/disable`, null, { body: { reason } }),
  )

export const useEnableUser = (userId: string) =>
  useUserMutation((_: undefined) => call('POST', `/api/users/${userId}/enable`, null))

export const useCreateResetLink = (userId: string) =>
  useMutation({ mutationFn: () => call('POST', `/api/users/${userId}/reset-link`, oneTimeLink) })
