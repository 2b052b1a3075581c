import * as z from 'zod'
import { email, login, newPassword, personName, spaceName } from './fields'

// What the pages before one is in send and are told, apart from the rest: their script is all that such a page has.

export const setupInput = z.object({
  token: z.string().min(1).max(200),
  space: spaceName,
  name: personName,
  login,
  email,
  password: newPassword,
})
export type SetupInput = z.infer<typeof setupInput>

export const signInInput = z.object({
  /** A login or an e-mail address. */
  login: z.string().trim().min(1, 'The login is missing.').max(254, 'The login is too long.'),
  password: z.string().min(1, 'The password is missing.').max(1000, 'The password is too long.'),
})
export type SignInInput = z.infer<typeof signInInput>

/** Where one lands after signing in. */
export const landing = z.object({ home: z.string() })

/** What an invitation says to whom it invites. */
export interface Invitation {
  email: string
  space: string
  groups: string[]
}

/** The token stands in the body: addresses are written into logs and events. */
const token = z.string().min(1).max(200)

export const inviteAcceptance = z.object({ token, login, name: personName, password: newPassword })
export type InviteAcceptance = z.infer<typeof inviteAcceptance>

/** Whose password a reset link sets. */
export interface ResetOffer {
  login: string
  name: string
  space: string
}

export const resetInput = z.object({ token, password: newPassword })
export type ResetInput = z.infer<typeof resetInput>
