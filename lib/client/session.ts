import { queryOptions, useMutation } from '@tanstack/react-query'
import * as z from 'zod'
import { type PasswordChange, type SignInInput, session } from '#lib/domain/identity/wire'
import { call } from './api'

const REFRESH_MS = 30_000
const landing = z.object({ home: z.string() })

/** Who one is, and which pages are open; asked again now and then, since rights come and go. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    queryFn: ({ signal }) => call('GET', '/api/session', session, { signal }),
    refetchInterval: REFRESH_MS,
  })

/** Signs in; the answer says where one lands. */
export const useSignIn = () =>
  useMutation({ mutationFn: (body: SignInInput) => call('POST', '/api/session', landing, { body }) })

export const useSignOut = () => useMutation({ mutationFn: () => call('DELETE', '/api/session', null) })

export const useChangePassword = () =>
  useMutation({ mutationFn: (body: PasswordChange) => call('POST', '/api/session/password', null, { body }) })
