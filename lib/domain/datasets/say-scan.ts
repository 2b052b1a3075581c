import { formatCount, formatDuration, formatQuantity } from '../format'
import type { FilesReport, ScanEstimate } from './files-wire'

/** Objects that one request to the store lists. */
export const KEYS_PER_REQUEST = 1_000

/** Requests that a listing of so many objects takes at least. */
export const requestsFor = (objects: number): number => Math.ceil(objects / KEYS_PER_REQUEST)

/**
 * What listing everything costs, as far as it was measured:
 * `"about 45,000 objects here by a look at 24 places; listing them all takes about 45 requests, 0.3 s at 6 ms each"`.
 */
export function sayEstimate({ objects, atLeast, probes, requestMs }: ScanEstimate): string {
  const shown = atLeast ? atLeastCount(objects) : twoDigits(objects)
  const requests = requestsFor(shown)
  const time = formatDuration(requests * Math.max(1, requestMs))
  const cost = `${formatQuantity(requests, 'request')}, ${time} at ${formatDuration(requestMs)} each`
  const more = atLeast ? 'more than' : 'about'
  const how = atLeast ? '' : ` by a look at ${formatQuantity(probes, 'place')}`
  return `${more} ${formatCount(shown)} objects here${how}; listing them all takes ${more} ${cost}`
}

/** An estimate says no more than it knows: 45,312 is "about 45,000". */
export function twoDigits(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1)
  return Math.round(count / unit) * unit
}

/** Rounded down to two digits, to stand after "more than". */
function atLeastCount(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count - 1))) - 1)
  return Math.floor((count - 1) / unit) * unit
}

/** Objects a listing looks at before it asks whether to go on: what a person chooses from, null for all. */
export const SCAN_BUDGETS = [10_000, 100_000, 1_000_000, null] as const
export type ScanBudget = (typeof SCAN_BUDGETS)[number]

/** `"Up to 10,000 objects"`. */
export const sayBudget = (budget: ScanBudget): string =>
  budget === null ? 'All objects' : `Up to ${formatCount(budget)} objects`

/**
 * What going on costs after a listing that its budget ended, at the pace that it had:
 * `"There are about 450,000 here: all of them take about 450 requests, 9.2 s at the pace of this listing."`.
 */
export function sayRest({
  listed,
  estimate,
  requests,
  durationMs,
}: Pick<FilesReport, 'listed' | 'estimate' | 'requests' | 'durationMs'>): string {
  const pace = formatDuration(durationMs / Math.max(1, requests))
  if (!estimate || estimate.atLeast || estimate.objects <= listed) {
    return `There are more; each ${formatCount(KEYS_PER_REQUEST)} take a request, ${pace} at the pace of this listing.`
  }
  const about = twoDigits(estimate.objects)
  const needed = requestsFor(about)
  const time = formatDuration((durationMs / Math.max(1, requests)) * needed)
  return `There are about ${formatCount(about)}: all of them take about ${formatQuantity(needed, 'request')}, ${time} at the pace of this listing.`
}
