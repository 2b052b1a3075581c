import type { Issue } from '../../result'
import { complement, DIGITS, type Ranges, SPACE, WORD } from './char-set'
import type { AssertionNode } from './pattern-nodes'

/** What a backslash and the characters after it stand for; `end` is the offset after them. */
export type Escape =
  | { kind: 'character'; codePoint: number; end: number }
  | { kind: 'set'; ranges: Ranges; end: number }
  | { kind: 'unicode'; source: string; end: number }
  | { kind: 'assertion'; source: AssertionNode['source']; end: number }
  | { kind: 'issue'; issue: Issue; end: number }

const CONTROLS: Record<string, number> = { a: 7, t: 9, n: 10, v: 11, f: 12, r: 13 }
const SETS: Record<string, Ranges> = {
  d: DIGITS,
  w: WORD,
  s: SPACE,
  D: complement(DIGITS),
  W: complement(WORD),
  S: complement(SPACE),
}
const ASSERTIONS: Record<string, AssertionNode['source']> = { A: '^', z: '$', b: '\\b', B: '\\B' }
const UNICODE_CLASSES = new Set(
  (
    'L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Co Cs ' +
    'Latin Greek Cyrillic Han Hiragana Katakana Hangul Arabic Hebrew Thai Devanagari'
  ).split(' '),
)

/** Reads the escape whose backslash stands at `start`. Total: whatever is wrong comes back as an issue. */
export function readEscape(text: string, start: number, inClass: boolean): Escape {
  const issue = (reason: string, message: string, end: number): Escape => ({
    kind: 'issue',
    issue: { reason, message, start, end },
    end,
  })
  const codePoint = text.codePointAt(start + 1)
  if (codePoint === undefined) {
    return issue(
      'dangling-backslash',
      'The pattern ends in a backslash: write \\\\ for a backslash.',
      start + 1,
    )
  }
  const character = String.fromCodePoint(codePoint)
  const end = start + 1 + character.length
  const ranges = SETS[character]
  const control = CONTROLS[character]
  const assertion = ASSERTIONS[character]
  if (ranges !== undefined) return { kind: 'set', ranges, end }
  if (control !== undefined) return { kind: 'character', codePoint: control, end }
  if (assertion !== undefined && !inClass) return { kind: 'assertion', source: assertion, end }
  if (character === 'x')
    return (
      readHex(text, start) ??
      issue(
        'bad-escape',
        'After \\x come two hexadecimal digits, or any number in braces: \\x2F, \\x{1F600}.',
        end,
      )
    )
  if (character === 'p' || character === 'P') {
    const message = `\\${character} needs the name of a Unicode category or script, such as \\p{L} or \\p{Greek}.`
    const named = /^\{[^{}]*\}/.exec(text.slice(end, end + 40))?.[0] ?? ''
    return readUnicodeClass(text, start) ?? issue('unsupported-syntax', message, end + named.length)
  }
  if (/[1-9k]/.test(character)) {
    return issue(
      'back-reference',
      `\\${character} refers back to a group: back-references are not supported.`,
      end,
    )
  }
  if (character === '%') return issue('escaped-percent', 'Write %% for a percent sign.', end)
  if (/[!-/:-@[-`{-~]/.test(character)) return { kind: 'character', codePoint, end }
  return issue(
    'unsupported-syntax',
    `\\${character} is not supported. To match it as it is, write ${character} alone.`,
    end,
  )
}

function readHex(text: string, start: number): Escape | null {
  const found = /^(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/.exec(text.slice(start + 2, start + 12))
  if (found === null) return null
  const codePoint = Number.parseInt(found[1] ?? found[2] ?? '', 16)
  return codePoint > 0x10ffff ? null : { kind: 'character', codePoint, end: start + 2 + found[0].length }
}

function readUnicodeClass(text: string, start: number): Escape | null {
  const found = /^(?:([A-Z])|\{(\^?)([A-Za-z_]+)\})/.exec(text.slice(start + 2, start + 40))
  if (found === null || !UNICODE_CLASSES.has(found[1] ?? found[3] ?? '')) return null
  const end = start + 2 + found[0].length
  return { kind: 'unicode', source: text.slice(start, end), end }
}
