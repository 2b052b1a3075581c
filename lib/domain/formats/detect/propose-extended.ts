import { formatQuantity } from '../../format'
import type { RegexpParams } from '../regexp-params'
import { REGEXP_PRESETS } from '../regexp-presets'
import { DEFAULT_MAX_LINE_CHARS } from '../text-params'
import { type Proposal, sayShare } from './proposal'

/** Layouts that servers are often made to write more beside, the one with more fields first. */
const EXTENDED = [
  { id: 'combined', name: 'nginx/Apache combined' },
  { id: 'common', name: 'Apache common' },
]
const HOST = '(?<vhost>[^ "\\[\\]]+) '
const FURTHER = ' (?<further>.+)'

/** Longer lines are none of those that are known. */
const MAX_LINE_CHARS = 8_192
const NEEDED_SHARE = 0.8
const TELLING = 0.93

/** Proposes a known layout with what stands before or behind it, where nearly all lines have the same. */
export function proposeExtended(lines: readonly string[], charset: string): Proposal<RegexpParams>[] {
  for (const { id, name } of EXTENDED) {
    const pattern = REGEXP_PRESETS.find((preset) => preset.id === id)?.pattern
    if (pattern === undefined) continue
    for (const [before, behind] of [
      [HOST, ''],
      ['', FURTHER],
      [HOST, FURTHER],
    ] as const) {
      const proposal = propose(lines, charset, { name, pattern: before + pattern + behind })
      if (proposal !== undefined) return [proposal]
    }
  }
  return []
}

function propose(
  lines: readonly string[],
  charset: string,
  { name, pattern }: { name: string; pattern: string },
): Proposal<RegexpParams> | undefined {
  const expression = new RegExp(`^(?:${pattern})$`, 'su')
  const groups = lines.flatMap((line): Record<string, string>[] => {
    const found = line.length <= MAX_LINE_CHARS ? expression.exec(line)?.groups : undefined
    return found === undefined ? [] : [found]
  })
  const [first] = groups
  if (first === undefined || groups.length < lines.length * NEEDED_SHARE) return undefined
  const told = [
    ...(first.vhost === undefined ? [] : [`have ${first.vhost} before it, in vhost`]),
    ...(first.further === undefined
      ? []
      : [`go on with ${formatQuantity(countFields(first.further), 'more field')}, in further`]),
  ]
  const layout = `${name}, ${[...(first.vhost === undefined ? [] : ['behind a host']), ...(first.further === undefined ? [] : ['with more fields'])].join(', ')}`
  return {
    params: { charset, compress: '', maxLineChars: DEFAULT_MAX_LINE_CHARS, pattern, unmatchedLines: 'keep' },
    label: `Regular expression, ${layout}`,
    layout,
    confidence: TELLING * (groups.length / lines.length),
    evidence: [
      `${sayShare(groups.length, lines.length, 'line', 'is written', 'are written')} like ${name}.`,
      `They ${told.join(', and ')}.`,
    ],
    columns: Object.keys(first),
    weakness: null,
  }
}

/** Fields between spaces; one in quotes may hold some. */
const countFields = (text: string): number => text.match(/[^\s"]*"[^"]*"|\S+/g)?.length ?? 0
