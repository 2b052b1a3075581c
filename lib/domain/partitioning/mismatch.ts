/** Why a path belongs to no partition. */
export type MismatchReason =
  | 'no-match'
  | 'impossible-date'
  | 'value-has-separator'
  | 'value-has-control-character'

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

/** A mismatch as a sentence: `"Has no year of four digits where the pattern has %Y."` */
export function describeMismatch({ reason, part }: Pick<Mismatch, 'reason' | 'part'>): string {
  switch (reason) {
    case 'impossible-date':
      return 'Names a date that does not exist.'
    case 'value-has-separator':
      return `Holds | in ${part ?? 'a value'}, which separates the values of a partition id.`
    case 'value-has-control-character':
      return `Holds a control character in ${part ?? 'a value'}.`
    case 'no-match':
      return describePart(part)
  }
}

function describePart(part: string | null): string {
  if (part === null) return 'Does not fit the pattern.'
  if (part === LEFT_OVER) return 'Goes on where the pattern ends.'
  const meaning = SPECIFIER_MEANINGS[part]
  if (meaning !== undefined) return `Does not have ${meaning} where the pattern has ${part}.`
  if (part.startsWith('%{')) return `Has nothing where the pattern has ${part}.`
  return `Does not fit the pattern at “${part}”.`
}
