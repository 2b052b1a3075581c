import { DEFAULT_MAX_LINE_CHARS } from '../text-params'
import type { FormatSettings } from '../wire'
import { KNOWN_LINES, type KnownLine } from './known-lines'
import { type Proposal, shareOf } from './proposal'
import { firstLines, type TextSample } from './text-sample'

/** Lines of each file that are matched. */
const LOOKED_LINES = 60
/** Longer lines are none of those that are known. */
const MAX_LINE_CHARS = 8_192
/** A known kind of line has so many parts that a match is no chance. */
const TELLING = 0.97
const NEEDED_SHARE = 0.3

const compiled = new Map<string, RegExp>()

/** An expression of a known kind of line, as the language itself runs it: those are linear as they stand. */
export function compilePattern(pattern: string): RegExp {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  const expression = new RegExp(pattern.replaceAll('(?P<', '(?<'))
  if (compiled.size < 100) compiled.set(pattern, expression)
  return expression
}

/** Proposes the expressions of known kinds of lines that most lines match. */
export function proposePresets(samples: readonly TextSample[], charset: string): Proposal[] {
  const lines = samples
    .flatMap(({ text }) => firstLines(text, LOOKED_LINES))
    .filter((line) => line.trim() !== '')
  return KNOWN_LINES.flatMap((known) => propose(known, lines, charset) ?? [])
}

function propose(
  { pattern, layout }: KnownLine,
  lines: readonly string[],
  charset: string,
): Proposal | undefined {
  const expression = compilePattern(pattern)
  const tried = lines.slice(0, 10)
  if (!tried.some((line) => line.length <= MAX_LINE_CHARS && expression.test(line))) return undefined
  const fitting = lines.filter((line) => line.length <= MAX_LINE_CHARS && expression.test(line)).length
  if (fitting < lines.length * NEEDED_SHARE) return undefined
  const format: FormatSettings = {
    type: 'regexp',
    params: { charset, compress: '', maxLineChars: DEFAULT_MAX_LINE_CHARS, pattern, unmatchedLines: 'keep' },
  }
  const first = lines.find((line) => expression.test(line)) ?? ''
  return {
    format,
    label: `Regular expression, ${layout}`,
    layout,
    confidence: TELLING * (fitting / lines.length),
    evidence: [
      `${shareOf(fitting, lines.length, 'line')} ${lines.length === 1 ? 'is' : 'are'} written like ${layout}.`,
    ],
    columns: Object.keys(expression.exec(first)?.groups ?? {}),
    weakness:
      fitting < lines.length ? `Only ${fitting} of ${lines.length} lines are written like ${layout}.` : null,
  }
}
