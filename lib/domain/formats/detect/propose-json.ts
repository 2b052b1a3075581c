import { formatCount } from '../../format'
import type { JsonParams } from '../json-params'
import { escapeName } from '../root-path'
import { findJsonLayout } from './json-layouts'
import { type JsonLook, type JsonRecord, type JsonShape, lookAtJson } from './look-at-json'
import { type Proposal, sayOnly, sayShare, someOf } from './proposal'
import { fileNoun, type TextSample } from './text-sample'

const LABELS: Record<JsonShape, string> = {
  lines: 'JSON, one object a line',
  concatenated: 'JSON, one object behind another',
  array: 'JSON, one array',
  'root-path': 'JSON, records below',
  none: 'JSON',
}
/** Text that is JSON throughout is hardly ever anything else. */
const TELLING = 0.98
const MAX_DEPTH = 1

/** JSON that was found in samples: the proposal, and the layout it is known by, which may be better read by line. */
export interface JsonFinding {
  proposal: Proposal<JsonParams>
  layout: { name: string; told: string; byLine: boolean } | null
}

/** One record per line asks for the same samples: they are looked at once. */
const looked = new WeakMap<readonly TextSample[], JsonLook[]>()

function looksAt(samples: readonly TextSample[]): JsonLook[] {
  const looks = looked.get(samples) ?? samples.map(lookAtJson)
  looked.set(samples, looks)
  return looks
}

/** Proposes to read the samples as JSON; undefined where there is hardly any. */
export function proposeJson(samples: readonly TextSample[], charset: string): JsonFinding | undefined {
  const looks = looksAt(samples).filter((look) => look.all > 0 || look.shape !== 'none')
  const found = looks.filter((look) => look.shape !== 'none')
  if (found.length === 0) return undefined
  const main = mainShape(found)
  const fitting = found.flatMap((look) => asShape(look, main) ?? [])
  const records = fitting.flatMap((look) => look.records)
  const share = fitting.reduce((sum, look) => sum + look.share, 0) / looks.length
  const layout = findJsonLayout(records)
  const columns = namesOf(records, MAX_DEPTH)
  return {
    proposal: {
      params: { charset, compress: '', maxDepth: MAX_DEPTH, rootPath: main.rootPath },
      label: main.shape === 'root-path' ? `${LABELS['root-path']} ${main.rootPath}` : LABELS[main.shape],
      layout: layout?.name ?? null,
      confidence: share * TELLING,
      evidence: [
        ...describe(main, fitting, looks.length, fileNoun(samples)),
        ...(layout === undefined ? [] : [`The records have ${layout.told}, as ${layout.name} writes them.`]),
        ...(columns.length === 0
          ? []
          : [`The ${columns.length === 1 ? 'only name is' : 'first names are'} ${someOf(columns)}.`]),
      ],
      columns,
      weakness: weaknessOf(share, fitting, looks),
    },
    layout:
      layout === undefined ? null : { name: layout.name, told: layout.told, byLine: layout.byLine === true },
  }
}

/** The shape of most files, the newest file's of several; a lone object says little about it. */
function mainShape(looks: readonly JsonLook[]): JsonLook {
  const votes = looks.toReversed().map((look) => ({
    look,
    weight: looks.reduce((sum, other) => sum + (asShape(other, look)?.share ?? 0), 0),
    isSure: look.all > 1 || look.shape === 'root-path',
  }))
  votes.sort((a, b) => b.weight - a.weight || Number(b.isSure) - Number(a.isSure))
  return (votes[0] as (typeof votes)[number]).look
}

/** A look as the same shape as another, if it is so; without a root path all shapes are read with the same settings. */
function asShape(look: JsonLook, main: JsonLook): JsonLook | undefined {
  if (look.rootPath === main.rootPath) return look
  return look.asOne?.rootPath === main.rootPath ? look.asOne : undefined
}

const ARE_OBJECTS = ['is a JSON object', 'are JSON objects'] as const

function describe(main: JsonLook, fitting: readonly JsonLook[], files: number, noun: string): string[] {
  const sum = (pick: (look: JsonLook) => number) => fitting.reduce((total, look) => total + pick(look), 0)
  const [found, all] = [sum((look) => look.fitting), sum((look) => look.all)]
  const inFiles =
    fitting.length < files ? [`${sayShare(fitting.length, files, noun, 'is', 'are')} like that.`] : []
  switch (main.shape) {
    case 'lines':
      return [`${sayShare(found, all, 'line', ...ARE_OBJECTS)}.`, ...inFiles]
    case 'array':
      return [
        `The text is one JSON array; of its elements that were looked at, ${found === 1 ? '1 is an object' : `${formatCount(found)} are objects`}.`,
        ...inFiles,
      ]
    case 'root-path':
      return [
        `Below ${main.rootPath} stands an array that takes most of the text; ${found === 1 ? '1 object of it was' : `${formatCount(found)} objects of it were`} looked at.`,
        ...inFiles,
      ]
    default:
      return [
        all === 0
          ? 'The text is one long JSON object.'
          : `${sayShare(found, all, 'value', ...ARE_OBJECTS)}, one behind another.`,
        ...inFiles,
      ]
  }
}

function weaknessOf(share: number, fitting: readonly JsonLook[], looks: readonly JsonLook[]): string | null {
  if (share > 0.95) return null
  const found = fitting.reduce((sum, look) => sum + look.fitting, 0)
  const all = looks.reduce((sum, look) => sum + look.all, 0)
  const isByLine = looks.every(({ shape }) => shape === 'lines' || shape === 'none')
  return isByLine
    ? `${sayOnly(found, all, 'line', ...ARE_OBJECTS)}.`
    : `Only ${Math.round(share * 100)}% of the text is JSON.`
}

const MAX_NAMES = 500

/** The names of columns that records give, objects taken apart down to `depth`. */
export function namesOf(records: readonly JsonRecord[], depth: number): string[] {
  const names = new Set<string>()
  for (const record of records) addNames(record, '', depth, names)
  return [...names]
}

function addNames(record: JsonRecord, prefix: string, depth: number, names: Set<string>): void {
  for (const [name, value] of Object.entries(record)) {
    if (names.size >= MAX_NAMES) return
    const isTaken = depth > 0 && typeof value === 'object' && value !== null && !Array.isArray(value)
    if (isTaken && Object.keys(value).length > 0)
      addNames(value as JsonRecord, `${prefix}${escapeName(name)}.`, depth - 1, names)
    else names.add(prefix + escapeName(name))
  }
}
