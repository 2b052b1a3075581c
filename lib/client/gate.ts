import { useMutation } from '@tanstack/react-query'
import {
  type InviteAcceptance,
  landing,
  type ResetInput,
  type SetupInput,
  type SignInInput,
} from '#lib/domain/identity/gate-wire'
import { call } from './api'

// What one does before one is in; each answer but the last says where one lands.

export const useSignIn = () =>
  useMutation({ mutationFn: (body: SignInInput) => call('POST', '/api/session', landing, { body }) })

/** Creates the space and its first administrator, who is signed in from then on. */
export const useCreateSpace = () =>
  useMutation({ mutationFn: (body: SetupInput) => call('POST', '/api/setup', landing, { body }) })

/** Accepts an invitation; the new user is signed in from then on. */
export const useAcceptInvite = () =>
  useMutation({
    mutationFn: (body: InviteAcceptance) => call('POST', '/api/invites/accept', landing, { body }),
  })

export const useResetPassword = () =>
  useMutation({ mutationFn: (body: ResetInput) => call('POST', '/api/resets', null, { body }) })
