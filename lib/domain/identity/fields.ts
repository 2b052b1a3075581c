import * as z from 'zod'

export const PASSWORD_MIN = 12
export const PASSWORD_MAX = 200

/** Control characters, and those that change the direction of a text or have no width: none belongs in a name. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/u

/** A text on one line as people write it, in NFC: `"Ada Lind"`, `"Aurora"`. */
export const lineOfText = (what: string, maxChars: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => !UNSEEN.test(text), `${what} holds characters that cannot be seen.`)
    .refine((text) => text.length <= maxChars, `${what} has at most ${maxChars} characters.`)

/** As `lineOfText`, and not empty. */
export const filledLine = (what: string, maxChars: number) =>
  lineOfText(what, maxChars).refine((text) => text !== '', `${what} is missing.`)

/** What people sign in with, in small letters: `"ada.lind"`. */
export const login = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .refine((text) => text !== '', 'The login is missing.')
  .refine(
    (text) => /^[a-z0-9][a-z0-9._-]{0,59}$/.test(text),
    'A login begins with a letter or a digit and is made of letters, digits, ".", "_" and "-", at most 60.',
  )

export const email = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .refine(
    (text) => text.length <= 254 && z.email().safeParse(text).success,
    'This is not an e-mail address. Give one like ada@example.com.',
  )

export const newPassword = z
  .string()
  .refine((text) => [...text].length >= PASSWORD_MIN, `A password has at least ${PASSWORD_MIN} characters.`)
  .refine((text) => text.length <= PASSWORD_MAX, `A password has at most ${PASSWORD_MAX} characters.`)

/** Groups are quoted in permissions and events: `"designers"`. */
export const groupName = z
  .string()
  .transform((text) => text.trim())
  .refine((text) => text !== '', 'The name is missing.')
  .refine(
    (text) => /^[A-Za-z0-9_.-]{1,100}$/.test(text),
    'A group name is made of letters, digits, "_", "-" and ".", at most 100.',
  )

export const personName = filledLine('The name', 100)
export const spaceName = filledLine('The name of the space', 100)
export const reason = lineOfText('The reason', 500)
