import { RE2JS, RE2JSSyntaxException } from 're2js'
import { fail, type Issue, ok, type Result } from '../result'
import { estimateProgramSize } from './expression-size'
import { REGEXP_PRESETS } from './regexp-presets'

/** An expression that takes lines apart. */
export interface LinePattern {
  /** Its named groups, in the order in which they stand. */
  columns: string[]
  /** The most steps that a character can take; the longer the expression, the more. */
  states: number
  /** Gives what each named group took, null for one that took no part; undefined for a line that does not match as a whole. */
  match(line: string): (string | null)[] | undefined
}

/** States of the machine: each character of a line takes at most as many steps. */
const MAX_STATES = 2_000
/** So many are made in a tenth of a second, and counted then: the estimate is several times too high for repeated groups. */
const MAX_MADE_STATES = 10 * MAX_STATES

/**
 * Reads an expression of the RE2 subset, in which each named group, `(?<name>…)` or `(?P<name>…)`, is a column; the whole
 * line has to match. Matching takes linear time. Refuses what has no named group, back-references and lookaround, with the
 * place.
 * @example parseLinePattern('(?<level>[A-Z]+) (?<message>.*)') // columns: ['level', 'message']
 */
export function parseLinePattern(text: string): Result<LinePattern> {
  const unsupported = findUnsupported(text)
  if (unsupported !== undefined) return fail(unsupported)
  if (estimateProgramSize(text) > MAX_MADE_STATES) return fail(tooLarge(text))
  let expression: RE2JS
  try {
    // A line is one text however odd its characters are.
    expression = RE2JS.compile(text, RE2JS.DOTALL)
  } catch (error) {
    return fail(describeError(text, error))
  }
  const groups = Object.entries(expression.namedGroups()).sort(([, a], [, b]) => a - b)
  const [first] = groups
  if (first === undefined) {
    const message = 'No group has a name: write (?<name>…) around each part that is to be a column.'
    return fail({ reason: 'no-named-group', message, start: 0, end: text.length })
  }
  if (expression.programSize() > MAX_STATES) return fail(tooLarge(text))
  const places = groups.map(([, place]) => place)
  return ok({
    columns: groups.map(([name]) => name),
    states: expression.programSize(),
    match: PRESETS.has(text) ? matchNatively(text, places) : matchLinearly(expression, places),
  })
}

const tooLarge = (text: string): Issue => ({
  reason: 'pattern-too-large',
  message: 'The expression’s repetitions make it too large: use smaller counts.',
  start: 0,
  end: text.length,
})

const PRESETS: ReadonlySet<string> = new Set(REGEXP_PRESETS.map(({ pattern }) => pattern))

function matchLinearly(expression: RE2JS, places: readonly number[]): LinePattern['match'] {
  return (line) => {
    const matcher = expression.matcher(line)
    return matcher.matches() ? places.map((place) => matcher.group(place)) : undefined
  }
}

/**
 * Matches on the runtime's own engine, some twenty times as fast. It steps back where a part can end at several places,
 * which a preset's parts cannot for long: what follows each is a character that it does not take.
 */
function matchNatively(preset: string, places: readonly number[]): LinePattern['match'] {
  const expression = new RegExp(`^(?:${preset.replaceAll('\\x{', '\\u{')})$`, 'us')
  return (line) => {
    const found = expression.exec(line)
    return found === null ? undefined : places.map((place) => found[place] ?? null)
  }
}

const UNSUPPORTED: { at: RegExp; reason: string; name: string }[] = [
  { at: /\(\?<?[=!]/y, reason: 'lookaround', name: 'Lookaround' },
  { at: /\(\?P=/y, reason: 'back-reference', name: 'A back-reference' },
  { at: /\\(?:[1-9]|k[<{'])/y, reason: 'back-reference', name: 'A back-reference' },
  { at: /\(\?>/y, reason: 'unsupported-syntax', name: 'An atomic group' },
  { at: /[*+?}]\+/y, reason: 'unsupported-syntax', name: 'A possessive quantifier' },
]

/** Finds syntax that other engines have and that takes more than linear time, outside of classes and quoted text. */
function findUnsupported(text: string): Issue | undefined {
  for (let at = 0; at < text.length; at = nextAtom(text, at)) {
    for (const { at: syntax, reason, name } of UNSUPPORTED) {
      syntax.lastIndex = at
      const found = syntax.exec(text)?.[0]
      if (found === undefined) continue
      const message = `${name} (${found}…) at character ${at + 1} is not supported.`
      return { reason, message, start: at, end: at + found.length }
    }
  }
  return undefined
}

/** The place behind the character, escape, class or quoted text that stands at `at`. */
function nextAtom(text: string, at: number): number {
  if (text.startsWith('\\Q', at)) {
    const end = text.indexOf('\\E', at + 2)
    return end < 0 ? text.length : end + 2
  }
  if (text[at] === '\\') return at + 2
  if (text[at] !== '[') return at + 1
  let end = at + (text[at + 1] === '^' ? 2 : 1)
  // A ] that stands first is a member.
  if (text[end] === ']') end++
  while (end < text.length && text[end] !== ']') {
    const posix = /^\[:\^?[a-z]+:\]/.exec(text.slice(end, end + 16))?.[0]
    end += posix?.length ?? (text[end] === '\\' ? 2 : 1)
  }
  return end + 1
}

const EXPLANATIONS: Record<string, string> = {
  'missing closing )': 'A group is not closed: add ).',
  'unexpected )': 'A ) closes no group: write \\) to match it as it is.',
  'missing closing ]': 'A class is not closed: add ].',
  'invalid named capture': 'A group’s name is made of letters A to Z, digits and _.',
  'duplicate capture group name': 'Two groups have the same name: rename one of them.',
  'invalid escape sequence': 'This escape is not known.',
  'trailing backslash at end of expression': 'The expression ends in a lone \\: write \\\\ for a backslash.',
  'invalid nested repetition operator': 'A repetition is repeated: put a group around it.',
  'missing argument to repetition operator':
    'Nothing stands before a repetition: write \\ before it to match it.',
  'invalid repeat count': 'A repetition counts to 1000 at most, and from fewer to more.',
  'invalid character class range': 'This range or class is not known.',
  'invalid or unsupported Perl syntax': 'This kind of group is not supported.',
}

function describeError(text: string, error: unknown): Issue {
  if (!(error instanceof RE2JSSyntaxException)) {
    const message = 'This is not a regular expression that can be used.'
    return { reason: 'invalid-pattern', message, start: 0, end: text.length }
  }
  const description = error.getDescription()
  const told = EXPLANATIONS[description] ?? `This is not a regular expression: ${description}.`
  const part = error.getPattern() ?? ''
  // The second one of two equal names is the one too many.
  const isTwice = description === 'duplicate capture group name'
  const at = part === '' ? -1 : isTwice ? text.lastIndexOf(`<${part}>`) + 1 : text.indexOf(part)
  if (at < 0 || part === text) {
    return { reason: 'invalid-pattern', message: told, start: 0, end: text.length }
  }
  const message = `${told.slice(0, -1)} (“${part}” at character ${at + 1}).`
  return { reason: 'invalid-pattern', message, start: at, end: at + part.length }
}
