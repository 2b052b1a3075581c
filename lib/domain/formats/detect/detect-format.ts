import { type AnyFormatKind, FORMAT_KINDS, formatKind } from '../catalogue'
import type { FormatCandidate } from '../detection'
import type { FilesLook } from '../format-kind'
import { cutToLines, type TextSample } from './text-sample'

type Proposed = ReturnType<AnyFormatKind['propose']>[number]

/** Ways that hardly fit are not offered. */
const MIN_CONFIDENCE = 0.05
const MAX_CANDIDATES = 6
/** What a format with marks of its own is this sure of is nothing else, however many commas it has. */
const SETTLED = 0.9

/**
 * Ranks the ways to read files by the beginnings of several of them, the oldest first; the best way is the first, and none
 * when there is nothing to look at. `charset` is set in what is proposed. Total: any text has an answer, in time linear to its length.
 * @example detectFormat([{ path: '/a.csv', text: 'a;b\n1;2\n', whole: true, looksLike: null }])[0]?.label
 * // "Separated values, semicolon"
 */
export function detectFormat(samples: readonly TextSample[], charset = 'utf8'): FormatCandidate[] {
  const texts = samples
    .filter(({ looksLike, text }) => looksLike === null && text.trim() !== '')
    .map((sample) => ({ ...sample, ...cutToLines(sample.text, sample.whole) }))
  return rank(proposeAll({ samples, texts, charset }))
}

function proposeAll(look: FilesLook): Proposed[] {
  const proposed = (of: AnyFormatKind['detection']): Proposed[] =>
    FORMAT_KINDS.filter(({ detection }) => detection === of).flatMap((kind): Proposed[] => kind.propose(look))
  const exact = proposed('exact')
  if (look.texts.length === 0) return exact
  const anyway = [...exact, ...proposed('fallback')]
  if (exact.some(({ confidence }) => confidence > SETTLED)) return anyway
  const others = proposed(undefined)
  const isAlone = exact.length === 0 && others.every(({ isLastResort }) => isLastResort)
  return [...anyway, ...others.filter(({ isLastResort }) => isAlone || !isLastResort)]
}

const isFallback = ({ format }: Proposed) => formatKind(format.type).detection === 'fallback'

function rank(proposals: readonly Proposed[]): FormatCandidate[] {
  const [first, ...others] = proposals
    .filter((proposal) => proposal.confidence >= MIN_CONFIDENCE || isFallback(proposal))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MAX_CANDIDATES)
  if (first === undefined) return []
  return [toCandidate(first, null), ...others.map((other) => toCandidate(other, whyLost(other, first)))]
}

function whyLost(lost: Proposed, first: Proposed): string {
  const { layout, weakBeside } = lost
  const weakness = weakBeside === undefined || weakBeside === first.label ? lost.weakness : null
  if (first.layout !== null && first.layout === layout)
    return `${first.layout} is usually read as "${first.label}", which keeps everything as it was written.`
  if (weakness === null && isFallback(first) && first.layout === null)
    return 'Too little speaks for it; any text can be read line by line.'
  return weakness ?? `"${first.label}" explains more: ${lowerFirst(first.evidence[0] ?? 'it fits better.')}`
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

function toCandidate(
  { weakness: _, weakBeside: __, isLastResort: ___, confidence, ...rest }: Proposed,
  lostBecause: string | null,
): FormatCandidate {
  return {
    ...rest,
    confidence: Math.round(Math.min(1, Math.max(0, confidence)) * 1_000) / 1_000,
    lostBecause,
  }
}
