import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  type GroupChange,
  type GroupInput,
  group,
  groupDetails,
  groups,
  type MembersInput,
} from '#lib/domain/identity/wire'
import { call } from './api'

export const groupsQuery = () =>
  queryOptions({
    queryKey: ['groups'],
    queryFn: ({ signal }) => call('GET', '/api/groups', groups, { signal }),
  })

/** One group with its members. */
export const groupQuery = (groupId: string) =>
  queryOptions({
    queryKey: ['groups', groupId],
    queryFn: ({ signal }) => call('GET', `/api/groups/${groupId}`, groupDetails, { signal }),
  })

/** A change of a group also changes what its people show. */
function useGroupMutation<V, R>(mutationFn: (value: V) => Promise<R>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all(
        ['groups', 'users', 'session'].map((noun) => client.invalidateQueries({ queryKey: [noun] })),
      ),
    // Others may have changed it: opened again it is as it stands.
    onError: () => client.invalidateQueries({ queryKey: ['groups'] }),
  })
}

export const useCreateGroup = () =>
  useGroupMutation((body: GroupInput) => call('POST', '/api/groups', group, { body }))

export const useSaveGroup = (groupId: string) =>
  useGroupMutation((body: GroupChange) => call('PATCH', `/api/groups/${groupId}`, null, { body }))

export const useDeleteGroup = (groupId: string) =>
  useGroupMutation((reason: string) => call('DELETE', `/api/groups/${groupId}`, null, { body: { reason } }))

export const useAddMembers = (groupId: string) =>
  useGroupMutation((body: MembersInput) => call('POST', `/api/groups/${groupId}/members`, null, { body }))

export const useRemoveMember = (groupId: string) =>
  useGroupMutation((userId: string) =>
    call('DELETE', `/api/groups/${groupId}/members/${userId}`, null, { body: {} }),
  )
