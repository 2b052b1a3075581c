/** Why a path belongs to no partition. */
export type MismatchReason =
  | 'no-match'
  | 'impossible-date'
  | 'value-has-separator'
  | 'value-has-control-character'
  | 'value-is-reserved'

/** Equal mismatches are the same object within one matcher, and `key` groups them across matchers and ledgers. */
export interface Mismatch {
  readonly ok: false
  readonly reason: MismatchReason
  /** The part of the pattern where it stopped fitting, as written (`"%Y"`), where that is known. */
  readonly part: string | null
  readonly key: string
}

/** The mismatch of a reason and a part; `key` is `"no-match %Y"`. */
export function createMismatch(reason: MismatchReason, part: string | null): Mismatch {
  return { ok: false, reason, part, key: part === null ? reason : `${reason} ${part}` }
}

/** The part of a path that goes on where the pattern has ended. */
export const LEFT_OVER = 'end'

const SPECIFIER_MEANINGS: Record<string, string> = {
  '%Y': 'a year of four digits',
  '%M': 'a month of two digits',
  '%D': 'a day of two digits',
  '%H': 'an hour of two digits',
}

type Told = Pick<Mismatch, 'reason' | 'part'>

/** A mismatch as a sentence: `"Does not have a year of four digits where the pattern has %Y."` */
export function describeMismatch(mismatch: Told): string {
  const said = sayOf(mismatch, ONE)
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
}

/** The same as what a number of files does: `"names a date that does not exist"` of 1, `"name …"` of 2. */
export const describeMismatchOf = (count: number, mismatch: Told): string =>
  sayOf(mismatch, count === 1 ? ONE : MANY)

const ONE = { names: 'names', holds: 'holds', has: 'has', goes: 'goes', doesNot: 'does not' }
const MANY: typeof ONE = { names: 'name', holds: 'hold', has: 'have', goes: 'go', doesNot: 'do not' }

function sayOf({ reason, part }: Told, verbs: typeof ONE): string {
  switch (reason) {
    case 'impossible-date':
      return `${verbs.names} a date that does not exist`
    case 'value-has-separator':
      return `${verbs.holds} | in ${part ?? 'a value'}, which separates the values of a partition id`
    case 'value-has-control-character':
      return `${verbs.holds} a control character in ${part ?? 'a value'}`
    case 'value-is-reserved':
      return `${verbs.has} ALL or NP for ${part ?? 'a value'}, which stand for the whole dataset`
    case 'no-match':
      return sayPart(part, verbs)
  }
}

function sayPart(part: string | null, { has, goes, doesNot }: typeof ONE): string {
  if (part === null) return `${doesNot} fit the pattern`
  if (part === LEFT_OVER) return `${goes} on where the pattern ends`
  const meaning = SPECIFIER_MEANINGS[part]
  if (meaning !== undefined) return `${doesNot} have ${meaning} where the pattern has ${part}`
  if (part.startsWith('%{')) return `${has} nothing where the pattern has ${part}`
  return `${doesNot} fit the pattern at “${part}”`
}
