import { formatCount, formatDuration, formatQuantity } from '../format'
import type { FilesReport } from './files-wire'
import type { ScanCost } from './scan-cost'

/** Objects that one request to the store lists. */
export const KEYS_PER_REQUEST = 1_000

/** Requests that a listing of so many objects takes at least. */
export const requestsFor = (objects: number): number => Math.ceil(objects / KEYS_PER_REQUEST)

/**
 * Whether one is told what a listing takes before it begins: a page of objects is no more than the look at them, also where
 * folders are passed by.
 */
export const isToBeAsked = ({ certainty, objects, requests }: ScanCost): boolean =>
  requests > 1 && (certainty !== 'exact' || objects > KEYS_PER_REQUEST)

/** What is known of a number of objects: `"about 45,000 objects"`, `"at least 100,000 objects"`. */
export const sayObjects = ({ objects, certainty }: Pick<ScanCost, 'objects' | 'certainty'>): string =>
  BEFORE[certainty] + formatQuantity(shown(objects, certainty), 'object')

const BEFORE: Record<ScanCost['certainty'], string> = { exact: '', about: 'about ', 'at-least': 'at least ' }

/** An estimate says no more than it knows: 45,312 is "about 45,000". */
function shown(count: number, certainty: ScanCost['certainty']): number {
  if (certainty === 'exact') return count
  return twoDigits(count, certainty === 'about' ? Math.round : Math.floor)
}

/** What listing takes that ends after so many objects, null for all of them: `"about 45 requests, 270 ms at 6 ms each one after another"`. */
export function sayTaken(cost: ScanCost, budget: number | null): string {
  const isCut = budget !== null && budget < cost.objects
  // Folders take requests too: a part of the objects takes that part of them.
  const wanted = isCut ? Math.ceil((cost.requests * budget) / cost.objects) : cost.requests
  // Objects may be counted; how many requests they take depends on their folders.
  const certainty = isCut || (cost.certainty === 'exact' && wanted > 1) ? 'about' : cost.certainty
  const requests = shown(wanted, certainty)
  const time = formatDuration(requests * Math.max(1, cost.requestMs))
  return `${BEFORE[certainty]}${formatQuantity(requests, 'request')}, ${time} at ${formatDuration(cost.requestMs)} each one after another`
}

/** Folders that are named one by one. */
const MOST_NAMED = 4

/**
 * The folders that a listing walks side by side, the largest that were looked at first:
 * `"It walks 12 folders: /design/ with about 4,000 objects, /api/ with at least 1,000 objects and 10 others."`; null without any.
 */
export function sayFolders({
  folders,
  foldersTotal,
}: Pick<ScanCost, 'folders' | 'foldersTotal'>): string | null {
  if (folders.length === 0) return null
  const named = folders
    .toSorted((a, b) => b.objects - a.objects)
    .slice(0, MOST_NAMED)
    .map(({ path, objects, atLeast }) => {
      const certainty = atLeast ? 'at-least' : 'about'
      return `${path} with ${sayObjects({ objects, certainty })}`
    })
  if (foldersTotal === null) return `It walks folders such as ${named.join(', ')}.`
  const others = foldersTotal - named.length
  const all = others === 0 ? named.join(', ') : `${named.join(', ')} and ${formatQuantity(others, 'other')}`
  return `It walks ${formatQuantity(foldersTotal, 'folder')}: ${all}.`
}

/**
 * What listing everything takes, as far as it was measured:
 * `"about 45,000 objects here by a look at 24 places; listing them all takes about 45 requests, 270 ms at 6 ms each one after another"`.
 */
export function sayEstimate(cost: ScanCost): string {
  const how = cost.certainty === 'about' ? ` by a look at ${formatQuantity(cost.probes, 'place')}` : ''
  return `${sayObjects(cost)} here${how}; listing them all takes ${sayTaken(cost, null)}`
}

/** Two digits of a count: 45,312 is 45,000. */
export function twoDigits(count: number, round: (value: number) => number = Math.round): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1)
  return round(count / unit) * unit
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
  if (!estimate || estimate.certainty === 'at-least' || estimate.objects <= listed) {
    return `There are more; each ${formatCount(KEYS_PER_REQUEST)} take a request, ${pace} at the pace of this listing.`
  }
  const about = twoDigits(estimate.objects)
  const needed = requestsFor(about)
  const time = formatDuration((durationMs / Math.max(1, requests)) * needed)
  return `There are about ${formatCount(about)}: all of them take about ${formatQuantity(needed, 'request')}, ${time} at the pace of this listing.`
}
