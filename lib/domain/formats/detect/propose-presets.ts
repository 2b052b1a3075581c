import { formatQuantity } from '../../format'
import type { RegexpParams } from '../regexp-params'
import { REGEXP_PRESETS, type RegexpPreset } from '../regexp-presets'
import { DEFAULT_MAX_LINE_CHARS } from '../text-params'
import { type Proposal, sayOnly, sayShare } from './proposal'
import { proposeExtended } from './propose-extended'
import { firstLines, type TextSample } from './text-sample'

/** How layouts are called, by the presets that take them apart. */
const LAYOUTS: Record<string, string> = {
  combined: 'nginx/Apache combined',
  common: 'Apache common',
  'nginx-error': 'nginx errors',
  'apache-error': 'Apache errors',
  'syslog-3164': 'syslog, RFC 3164',
  'syslog-iso': 'syslog with ISO times',
  'syslog-5424': 'syslog, RFC 5424',
  cef: 'CEF',
  leef: 'LEEF',
  's3-access': 'S3 access logs',
  alb: 'ALB',
  haproxy: 'HAProxy',
}

/** Lines of each file that are matched. */
const LOOKED_LINES = 60
/** Lines of which one has to match for the others to be tried. */
const TRIED_LINES = 10
/** Longer lines are none of those that are known. */
const MAX_LINE_CHARS = 8_192
/** A known kind of line has so many parts that a match is no chance. */
const TELLING = 0.97
const NEEDED_SHARE = 0.3
/** What an expression loses that another one goes further than. */
const COARSER = 0.03

/** Where a level stands, there is no host: logs of applications begin with a time as well. */
const LEVEL = /^(?:trace|debug|info|notice|warn|warning|err|error|crit|critical|alert|emerg|fatal|severe)$/i

const compiled = new Map<string, RegExp>()
const MAX_COMPILED = 100

/**
 * An expression for whole lines as the language itself runs it, which is much faster for a few lines. Only for expressions of
 * our own: they take linear time in any engine.
 */
function compilePattern(pattern: string): RegExp {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  const source = pattern.replaceAll('(?P<', '(?<').replaceAll('\\x{', '\\u{')
  const expression = new RegExp(`^(?:${source})$`, 'su')
  if (compiled.size < MAX_COMPILED) compiled.set(pattern, expression)
  return expression
}

/** Proposes the expressions of known kinds of lines that many lines match; of two, the one with more columns. */
export function proposePresets(samples: readonly TextSample[], charset: string): Proposal<RegexpParams>[] {
  const lines = samples
    .flatMap(({ text }) => firstLines(text, LOOKED_LINES))
    .filter((line) => line.trim() !== '')
  const found = REGEXP_PRESETS.flatMap((preset) => propose(preset, lines, charset) ?? [])
  if (found.length === 0) return proposeExtended(lines, charset)
  const [finest] = found.toSorted((a, b) => b.columns.length - a.columns.length)
  return found.map((one) => (finest === undefined || one === finest ? one : besideFiner(one, finest)))
}

function besideFiner(one: Proposal<RegexpParams>, finer: Proposal<RegexpParams>): Proposal<RegexpParams> {
  const weakness = `It gives ${formatQuantity(one.columns.length, 'column')} where ${finer.layout} gives ${finer.columns.length}.`
  return { ...one, confidence: one.confidence - COARSER, weakness: one.weakness ?? weakness }
}

const ARE_WRITTEN = ['is written', 'are written'] as const

function propose(
  { id, label, pattern }: RegexpPreset,
  lines: readonly string[],
  charset: string,
): Proposal<RegexpParams> | undefined {
  const expression = compilePattern(pattern)
  const matches = (line: string) => {
    const found = line.length <= MAX_LINE_CHARS ? expression.exec(line) : null
    return found !== null && !LEVEL.test(found.groups?.host ?? '')
  }
  const first = lines.slice(0, TRIED_LINES).find(matches)
  if (first === undefined) return undefined
  const fitting = lines.filter(matches).length
  if (fitting < lines.length * NEEDED_SHARE) return undefined
  const layout = LAYOUTS[id] ?? label
  return {
    params: { charset, compress: '', maxLineChars: DEFAULT_MAX_LINE_CHARS, pattern, unmatchedLines: 'keep' },
    label: `Regular expression, ${label}`,
    layout,
    confidence: TELLING * (fitting / lines.length),
    evidence: [`${sayShare(fitting, lines.length, 'line', ...ARE_WRITTEN)} like ${layout}.`],
    columns: Object.keys(expression.exec(first)?.groups ?? {}),
    weakness:
      fitting < lines.length
        ? `${sayOnly(fitting, lines.length, 'line', ...ARE_WRITTEN)} like ${layout}.`
        : null,
  }
}
