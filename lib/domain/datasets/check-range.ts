import { formatCount, formatQuantity } from '../format'
import type { Dimension } from '../partitioning/dimensions'
import { parseRangeSpecification } from '../partitioning/range/range-parser'
import { resolveRangeSpecification } from '../partitioning/range/range-resolve'
import type { RangeItem } from '../partitioning/range/range-specification'
import type { DatasetPartitions } from './partitions-wire'

export interface RangeCheck {
  /** What is wrong with the text; null when it can be used. */
  mistake: string | null
  /** What it comes to; null without a listing, or with a mistake. */
  ids: string[] | null
  /** The same as a sentence. */
  said: string | null
}

const NAMED = 3

/** Reads a range specification and says what it resolves to by the last listing. `nowMs` gives CURRENT_DAY its day. */
export function checkRange(
  text: string,
  dimensions: readonly Dimension[],
  report: DatasetPartitions['report'],
  nowMs: number,
): RangeCheck {
  const existing = report && new Set(report.ledger.partitions.map((partition) => partition.id))
  const parsed = parseRangeSpecification(text, dimensions, existing ?? undefined)
  if (!parsed.ok) return { mistake: sayMistake(parsed.issues[0]), ids: null, said: null }
  if (!existing) {
    const said = 'Can be used. Partitions have not been listed, so what it resolves to shows on reading.'
    return { mistake: null, ids: null, said }
  }
  const { ids, missing, missingCount, missingIsComplete } = resolveRangeSpecification(
    parsed.value,
    dimensions,
    { existingIds: existing, now: nowMs, missingLimit: NAMED },
  )
  const ends = ids.length > 0 && parsed.value.items.some(hasEnds) ? ', both ends included' : ''
  const found = `Resolves to ${formatQuantity(ids.length, 'partition')}${ends}`
  if (missingCount === 0) return { mistake: null, ids, said: found }
  const more = missingCount > missing.length || !missingIsComplete ? ', …' : ''
  const lacking = `${missingIsComplete ? '' : 'at least '}${formatCount(missingCount)} asked for`
  return {
    mistake: null,
    ids,
    said: `${found}; ${lacking} ${missingCount === 1 ? 'does' : 'do'} not exist (${missing.join(', ')}${more})`,
  }
}

/** Whether an item is a range from one period to another, of which one may ask whether both belong to it. */
const hasEnds = (item: RangeItem): boolean =>
  item.kind === 'parts' && item.parts.some((part) => part.kind === 'period-range' && part.from !== part.to)

function sayMistake(issue: { message: string; start?: number | undefined } | undefined): string {
  if (!issue) return 'This is no range specification.'
  return issue.start ? `At character ${issue.start + 1}: ${issue.message}` : issue.message
}
