import { queryOptions, useMutation } from '@tanstack/react-query'
import type { PasswordChange } from '#lib/domain/identity/wire'
import { call } from './api'

const REFRESH_MS = 30_000

/** The checks of what is asked here; the frame of every page begins without them, it has its session from the server. */
const loadWire = () => import('#lib/domain/identity/wire')

/** Who one is, and which pages are open; asked again now and then, since rights come and go. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    queryFn: async ({ signal }) => call('GET', '/api/session', (await loadWire()).session, { signal }),
    refetchInterval: REFRESH_MS,
  })

export const useSignOut = () => useMutation({ mutationFn: () => call('DELETE', '/api/session', null) })

export const useChangePassword = () =>
  useMutation({ mutationFn: (body: PasswordChange) => call('POST', '/api/session/password', null, { body }) })
