import { useMutation } from '@tanstack/react-query'
import * as z from 'zod'
import type { SetupInput } from '#lib/domain/identity/wire'
import { call } from './api'

/** Creates the space and its first administrator, who is signed in from then on. */
export const useCreateSpace = () =>
  useMutation({
    mutationFn: (body: SetupInput) => call('POST', '/api/setup', z.object({ home: z.string() }), { body }),
  })
