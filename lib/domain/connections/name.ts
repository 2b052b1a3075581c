import { fail, ok, type Result } from '../result'

/** Words that stand where names stand in addresses: `/launchpad/connections/new`. */
const RESERVED = new Set(['new', 'test', 'principals', 'usable'])

/** Checks the name of a connection: letters, digits, `_`, `-` and `.`, 1 to 100 of them: `"lake-raw"`. */
export function parseConnectionName(text: string): Result<string> {
  if (text === '') return refuse('name-missing', 'Give the connection a name.')
  if (text.length > 100) return refuse('name-too-long', 'A name has at most 100 characters.')
  const wrong = text.search(/[^A-Za-z0-9_.-]/)
  if (wrong >= 0)
    return refuse('name-character', 'A name is made of letters, digits, "_", "-" and ".".', wrong)
  if (!/^[A-Za-z0-9]/.test(text)) return refuse('name-start', 'A name begins with a letter or a digit.', 0)
  if (RESERVED.has(text.toLowerCase()))
    return refuse('name-reserved', `"${text}" is kept for Launchpad itself.`)
  return ok(text)
}

function refuse(reason: string, message: string, start?: number) {
  const place = start === undefined ? {} : { start, end: start + 1 }
  return fail({ reason, message, path: ['name'], ...place })
}
