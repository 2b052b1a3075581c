import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import * as z from 'zod'
import {
  type InviteAcceptance,
  type InviteInput,
  invites,
  oneTimeLink,
  type ResetInput,
} from '#lib/domain/identity/wire'
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

/** Accepts an invitation; the new user is signed in from then on. */
export const useAcceptInvite = () =>
  useMutation({
    mutationFn: (body: InviteAcceptance) =>
      call('POST', '/api/invites/accept', z.object({ home: z.string() }), { body }),
  })

export const useResetPassword = () =>
  useMutation({ mutationFn: (body: ResetInput) => call('POST', '/api/resets', null, { body }) })
