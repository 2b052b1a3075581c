import type { Mismatch, MismatchReason } from './pattern/mismatch'

/** Why an object is left out before the pattern is tried. */
export const EXCLUSIONS = ['rule', 'folderMarker', 'archived'] as const
export type Exclusion = (typeof EXCLUSIONS)[number]

/** What a listing says about one object. */
export interface ListedObject {
  path: string
  sizeBytes: number
  /** Epoch milliseconds. */
  changedAt: number
}

/** What stands in one partition. Times are epoch milliseconds. */
export interface PartitionTotals {
  files: number
  sizeBytes: number
  firstChangedAt: number
  lastChangedAt: number
}

/** Objects that fit no partition for the same reason. */
export interface UnmatchedGroup {
  reason: MismatchReason
  part: string | null
  files: number
  /** The first of their paths. */
  examples: string[]
}

/** Folders that were met and not listed, since no path in them can match the pattern. */
export interface Passed {
  /** The first of them. */
  folders: string[]
  count: number
  /** There are others, which were not even met. */
  more: boolean
}

/** Where every listed object went: `listed` is always `matched` + `unmatched` + all of `excluded`. */
export interface Ledger {
  listed: number
  matched: number
  unmatched: number
  excluded: Record<Exclusion, number>
  /** By the mismatch's key. */
  unmatchedGroups: Map<string, UnmatchedGroup>
  partitions: Map<string, PartitionTotals>
  /** What lies in them is in none of the counts. */
  passed: Passed
}

const MAX_EXAMPLES = 20
const MAX_FOLDERS = 100

/** A ledger of nothing listed yet. */
export function createLedger(): Ledger {
  return {
    listed: 0,
    matched: 0,
    unmatched: 0,
    excluded: { rule: 0, folderMarker: 0, archived: 0 },
    unmatchedGroups: new Map(),
    partitions: new Map(),
    passed: { folders: [], count: 0, more: false },
  }
}

/** Counts an object into its partition. */
export function recordMatched(ledger: Ledger, id: string, { sizeBytes, changedAt }: ListedObject) {
  ledger.listed++
  ledger.matched++
  const totals = ledger.partitions.get(id)
  if (totals === undefined) {
    ledger.partitions.set(id, { files: 1, sizeBytes, firstChangedAt: changedAt, lastChangedAt: changedAt })
    return
  }
  totals.files++
  totals.sizeBytes += sizeBytes
  if (changedAt < totals.firstChangedAt) totals.firstChangedAt = changedAt
  if (changedAt > totals.lastChangedAt) totals.lastChangedAt = changedAt
}

/** Counts an object that fits no partition, with its reason; the first paths of each reason are kept. */
export function recordUnmatched(
  ledger: Ledger,
  { key, reason, part }: Mismatch,
  { path }: Pick<ListedObject, 'path'>,
) {
  ledger.listed++
  ledger.unmatched++
  const group = ledger.unmatchedGroups.get(key)
  if (group === undefined) {
    ledger.unmatchedGroups.set(key, { reason, part, files: 1, examples: [path] })
    return
  }
  group.files++
  if (group.examples.length < MAX_EXAMPLES) group.examples.push(path)
}

/** Counts an object that was left out before the pattern was tried. */
export function recordExcluded(ledger: Ledger, exclusion: Exclusion) {
  ledger.listed++
  ledger.excluded[exclusion]++
}

/** Notes a folder that was not listed, since no path in it can match. */
export function recordPassed({ passed }: Ledger, folder: string) {
  passed.count++
  if (passed.folders.length < MAX_FOLDERS) passed.folders.push(folder)
}

/** Adds a ledger of other objects into `into`, as when parts of a listing run side by side. */
export function mergeLedger(into: Ledger, from: Ledger) {
  into.listed += from.listed
  into.matched += from.matched
  into.unmatched += from.unmatched
  for (const exclusion of EXCLUSIONS) into.excluded[exclusion] += from.excluded[exclusion]
  for (const [key, group] of from.unmatchedGroups) mergeGroup(into, key, group)
  for (const [id, totals] of from.partitions) mergePartition(into, id, totals)
  into.passed = {
    folders: [...into.passed.folders, ...from.passed.folders].slice(0, MAX_FOLDERS),
    count: into.passed.count + from.passed.count,
    more: into.passed.more || from.passed.more,
  }
}

function mergeGroup({ unmatchedGroups }: Ledger, key: string, group: UnmatchedGroup) {
  const known = unmatchedGroups.get(key)
  const examples = [...(known?.examples ?? []), ...group.examples].slice(0, MAX_EXAMPLES)
  unmatchedGroups.set(key, { ...group, files: group.files + (known?.files ?? 0), examples })
}

function mergePartition({ partitions }: Ledger, id: string, totals: PartitionTotals) {
  const known = partitions.get(id)
  if (known === undefined) {
    partitions.set(id, { ...totals })
    return
  }
  known.files += totals.files
  known.sizeBytes += totals.sizeBytes
  known.firstChangedAt = Math.min(known.firstChangedAt, totals.firstChangedAt)
  known.lastChangedAt = Math.max(known.lastChangedAt, totals.lastChangedAt)
}

/** How many objects were left out before the pattern was tried. */
export function countExcluded({ excluded }: Pick<Ledger, 'excluded'>): number {
  return EXCLUSIONS.reduce((sum, exclusion) => sum + excluded[exclusion], 0)
}
