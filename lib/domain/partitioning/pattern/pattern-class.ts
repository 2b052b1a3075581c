import type { Issue } from '../../result'
import { complement, DIGITS, normalizeRanges, type Ranges, WORD } from './char-set'
import { readEscape } from './pattern-escapes'
import type { SetNode } from './pattern-nodes'

const POSIX: Record<string, Ranges> = {
  alnum: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  ascii: [[0, 0x7f]],
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: DIGITS,
  graph: [[0x21, 0x7e]],
  lower: [[0x61, 0x7a]],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [0x09, 0x0d],
    [0x20, 0x20],
  ],
  upper: [[0x41, 0x5a]],
  word: WORD,
  xdigit: [
    [0x30, 0x39],
    [0x41, 0x46],
    [0x61, 0x66],
  ],
}

interface ClassReading {
  node: SetNode
  issues: Issue[]
}

type Member =
  | { codePoint: number; end: number }
  | { ranges: Ranges; end: number }
  | { unicode: string; end: number }

/** Reads the character class whose `[` stands at `start`, such as `[^/]` or `[a-f[:digit:]]`. */
export function readClass(text: string, start: number): ClassReading {
  const issues: Issue[] = []
  const ranges: (readonly [number, number])[] = []
  const unicodeClasses: string[] = []
  let at = start + 1
  const negated = text[at] === '^'
  if (negated) at++
  const first = at
  while (at < text.length && (text[at] !== ']' || at === first)) {
    const from = readMember(text, at, issues)
    const fromStart = at
    at = from.end
    if ('ranges' in from) ranges.push(...from.ranges)
    else if ('unicode' in from) unicodeClasses.push(from.unicode)
    else if (text[at] === '-' && at + 1 < text.length && text[at + 1] !== ']') {
      const to = readMember(text, at + 1, issues)
      at = to.end
      if ('codePoint' in to && to.codePoint >= from.codePoint) ranges.push([from.codePoint, to.codePoint])
      else
        issues.push({
          reason: 'bad-range',
          message: `“${text.slice(fromStart, at)}” is not a range: it goes from a lower character to a higher one.`,
          start: fromStart,
          end: at,
        })
    } else ranges.push([from.codePoint, from.codePoint])
  }
  if (at >= text.length) {
    issues.push({
      reason: 'unclosed-class',
      message: `The class opened by [ at character ${start + 1} is not closed: add ].`,
      start,
      end: text.length,
    })
  } else at++
  const normalized = normalizeRanges(ranges)
  const resolved = negated && unicodeClasses.length === 0
  return {
    node: {
      kind: 'set',
      ranges: resolved ? complement(normalized) : normalized,
      unicodeClasses,
      negated: negated && !resolved,
      start,
      end: Math.min(at, text.length),
    },
    issues,
  }
}

function readMember(text: string, at: number, issues: Issue[]): Member {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
  if (character === '[' && text[at + 1] === ':') return readPosix(text, at, issues)
  if (character === '%') return readPercent(text, at, issues)
  if (character !== '\\') return { codePoint: character.codePointAt(0) ?? 0, end: at + character.length }
  const escaped = readEscape(text, at, true)
  if (escaped.kind === 'set') return { ranges: escaped.ranges, end: escaped.end }
  if (escaped.kind === 'unicode') return { unicode: escaped.source, end: escaped.end }
  if (escaped.kind === 'character') return { codePoint: escaped.codePoint, end: escaped.end }
  if (escaped.kind === 'issue') issues.push(escaped.issue)
  return { ranges: [], end: escaped.end }
}

function readPosix(text: string, at: number, issues: Issue[]): Member {
  const found = /^\[:(\^?)([a-z]+):\]/.exec(text.slice(at, at + 20))
  const ranges = POSIX[found?.[2] ?? '']
  if (found === null || ranges === undefined) {
    issues.push({
      reason: 'unsupported-syntax',
      message: 'After [: comes the name of a POSIX class, such as [:alnum:].',
      start: at,
      end: at + 2,
    })
    return { ranges: [], end: at + 2 }
  }
  return { ranges: found[1] === '^' ? complement(ranges) : ranges, end: at + found[0].length }
}

function readPercent(text: string, at: number, issues: Issue[]): Member {
  if (text[at + 1] === '%') return { codePoint: 0x25, end: at + 2 }
  issues.push({
    reason: 'percent-in-class',
    message: 'Inside [ ] no specifier can stand; write %% for a percent sign.',
    start: at,
    end: at + 1,
  })
  return { ranges: [], end: at + 1 }
}
