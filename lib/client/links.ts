import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type InviteInput, invites, oneTimeLink } from '#lib/domain/identity/wire'
import { call } from './api'

/** Invitations that wait. */
export const invitesQuery = () =>
  queryOptions({
    queryKey: ['invites'],
    queryFn: ({ signal }) => call('GET', '/api/invites', invites, { signal }),
  })

export function useInviteUser() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: InviteInput) => call('POST', '/api/invites', oneTimeLink, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['invites'] }),
  })
}

export function useRevokeInvite() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (inviteId: string) => call('DELETE', `/api/invites/${inviteId}`, null),
    onSuccess: () => client.invalidateQueries({ queryKey: ['invites'] }),
  })
}
