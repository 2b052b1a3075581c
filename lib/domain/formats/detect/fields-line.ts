import { formatQuantity } from '../../format'
import type { RegexpParams } from '../regexp-params'
import { DEFAULT_MAX_LINE_CHARS } from '../text-params'
import { type Proposal, sayOnly, sayShare, someOf } from './proposal'
import { firstLines, type TextSample } from './text-sample'

/** Lines with comments at the top of which one names the fields, as W3C logs and Zeek have them. */
interface FieldsLine {
  names: string[]
  separator: string
  layout: string
}

const MAX_FIELDS = 200
/** The comments stand at the top. */
const LOOKED_LINES = 30
const MAX_PATTERN_CHARS = 10_000

/**
 * Proposes an expression with the names of a `#Fields` line: read as separated values, that line would be a comment and the
 * columns would have no names. It may come again further down, which the expression leaves out as well.
 */
export function proposeFieldsLine(
  samples: readonly TextSample[],
  charset: string,
): Proposal<RegexpParams> | undefined {
  const found = samples.flatMap((sample) => findFieldsLine(sample) ?? [])
  const [first] = found
  if (first === undefined || found.length < samples.length / 2) return undefined
  const columns = toGroupNames(first.names)
  const pattern = patternOf(columns, first.separator)
  if (pattern.length > MAX_PATTERN_CHARS) return undefined
  const lines = samples
    .flatMap(({ text }) => firstLines(text))
    .filter((line) => line !== '' && line[0] !== '#')
  const fitting = lines.filter((line) => line.split(first.separator).length === columns.length).length
  return {
    params: { charset, compress: '', maxLineChars: DEFAULT_MAX_LINE_CHARS, pattern, unmatchedLines: 'skip' },
    label: 'Regular expression, from the line of fields',
    layout: first.layout,
    confidence: 0.97 * (lines.length === 0 ? 0.9 : (fitting / lines.length) ** 2),
    evidence: [
      `A comment at the top names ${formatQuantity(columns.length, 'field')}: ${someOf(first.names)}.`,
      `${sayShare(fitting, lines.length, 'line', 'below has', 'below have')} as many parts.`,
      'Lines that begin with # are left out.',
    ],
    columns,
    weakness:
      fitting < lines.length
        ? `${sayOnly(fitting, lines.length, 'line', 'has', 'have')} as many parts as there are fields.`
        : null,
  }
}

function findFieldsLine({ text }: TextSample): FieldsLine | undefined {
  const top = firstLines(text, LOOKED_LINES)
  if (top[0]?.startsWith('#') !== true) return undefined
  const line = top.find((one) => /^#fields[:\t ]/i.test(one))
  if (line === undefined) return undefined
  const rest = line.slice('#fields'.length).replace(/^:/, '').trim()
  const isZeek = line.startsWith('#fields\t')
  // CloudFront names its fields with spaces between and writes tabs.
  const data = top.find((one) => one !== '' && !one.startsWith('#'))
  const separator = isZeek || data?.includes('\t') === true ? '\t' : ' '
  const names = rest.split(/[\t ]+/).filter((name) => name !== '')
  if (names.length < 2 || names.length > MAX_FIELDS) return undefined
  return { names, separator, layout: layoutOf(names, isZeek) }
}

function layoutOf(names: readonly string[], isZeek: boolean): string {
  if (isZeek) return 'Zeek'
  if (names.includes('x-edge-location')) return 'CloudFront'
  return names.includes('s-sitename') || names.includes('cs-uri-stem')
    ? 'IIS (W3C extended log)'
    : 'W3C extended log'
}

/** Names that an expression's groups may have: `cs(User-Agent)` → `cs_User_Agent`. */
function toGroupNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const plain = name
      .replaceAll(/[^A-Za-z0-9_]+/g, '_')
      .replace(/_+$/, '')
      .replace(/^(?=\d|$)/, '_')
    let free = plain
    for (let number = 2; taken.has(free); number++) free = `${plain}_${number}`
    taken.add(free)
    return free
  })
}

function patternOf(names: readonly string[], separator: string): string {
  const [part, between] = separator === '\t' ? ['[^\\t]*', '\\t'] : ['\\S+', ' ']
  const first = separator === '\t' ? '[^#\\t][^\\t]*' : '[^#\\s]\\S*'
  return `${names.map((name, index) => `(?<${name}>${index === 0 ? first : part})`).join(between)}`
}
