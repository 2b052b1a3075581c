import type { FormatCandidate } from '../detection'
import { proposeFieldsLine } from './fields-line'
import type { Proposal } from './proposal'
import { proposeBinary } from './propose-binary'
import { proposeCsv } from './propose-csv'
import { proposeJson } from './propose-json'
import { proposeLine } from './propose-line'
import { proposeOneColumn } from './propose-one-column'
import { proposePresets } from './propose-presets'
import { cutToLines, type TextSample } from './text-sample'

/** Ways that hardly fit are not offered. */
const MIN_CONFIDENCE = 0.05
const MAX_CANDIDATES = 6

/**
 * Ranks the ways to read files by the beginnings of several of them, the best one first; empty when there is nothing to look
 * at. `charset` is set in what is proposed. Total: any text has an answer, in time linear to its length.
 * @example detectFormat([{ path: '/a.csv', text: 'a;b\n1;2\n', whole: true, looksLike: null }])[0]?.label
 * // "Separated values, semicolon"
 */
export function detectFormat(samples: readonly TextSample[], charset = 'utf8'): FormatCandidate[] {
  const texts = samples
    .filter(({ looksLike, text }) => looksLike === null && text.trim() !== '')
    .map((sample) => ({ ...sample, ...cutToLines(sample.text, sample.whole) }))
  const proposals: Proposal[] = []
  const binary = proposeBinary(samples)
  if (binary !== undefined) proposals.push(binary)
  if (texts.length > 0) proposals.push(...proposeTexts(texts, charset))
  return rank(proposals)
}

function proposeTexts(texts: readonly TextSample[], charset: string): Proposal[] {
  const json = proposeJson(texts, charset)
  const line = proposeLine(texts, charset, json)
  if (json === undefined) {
    const fields = proposeFieldsLine(texts, charset)
    const presets = proposePresets(texts, charset)
    const tables = proposeCsv(texts, charset)
    const column = presets.length + tables.length === 0 ? proposeOneColumn(texts, charset) : undefined
    return [line, ...presets, ...tables, ...(fields ? [fields] : []), ...(column ? [column] : [])]
  }
  // What is JSON throughout is nothing else, however many commas it has.
  return json.proposal.confidence > 0.9
    ? [json.proposal, line]
    : [json.proposal, line, ...proposePresets(texts, charset), ...proposeCsv(texts, charset)]
}

function rank(proposals: readonly Proposal[]): FormatCandidate[] {
  const [first, ...others] = proposals
    .filter(({ confidence, format }) => confidence >= MIN_CONFIDENCE || format.type === 'line')
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MAX_CANDIDATES)
  if (first === undefined) return []
  return [toCandidate(first, null), ...others.map((other) => toCandidate(other, whyLost(other, first)))]
}

function whyLost({ weakness, layout }: Proposal, first: Proposal): string {
  if (first.layout !== null && first.layout === layout)
    return `${first.layout} is usually read as "${first.label}", which keeps everything as it was written.`
  if (weakness === null && first.format.type === 'line' && first.layout === null)
    return 'Too little speaks for it; any text can be read line by line.'
  return weakness ?? `"${first.label}" explains more: ${lowerFirst(first.evidence[0] ?? 'it fits better.')}`
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

function toCandidate(
  { weakness: _, confidence, ...rest }: Proposal,
  lostBecause: string | null,
): FormatCandidate {
  return {
    ...rest,
    confidence: Math.round(Math.min(1, Math.max(0, confidence)) * 1_000) / 1_000,
    lostBecause,
  }
}
