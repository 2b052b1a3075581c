import * as z from 'zod'
import { countExcluded, type Ledger } from './ledger'

const count = z.number().int().nonnegative()

const unmatchedGroupWire = z.object({
  key: z.string(),
  reason: z.enum([
    'no-match',
    'impossible-date',
    'value-has-separator',
    'value-has-control-character',
    'value-is-reserved',
  ]),
  part: z.string().nullable(),
  files: count,
  examples: z.array(z.string()),
})

/** A partition as a listing gives it out. */
export const partitionTotalsWire = z.object({
  id: z.string(),
  files: count,
  sizeBytes: count,
  firstChangedAt: z.number().meta({ description: 'Epoch milliseconds' }),
  lastChangedAt: z.number().meta({ description: 'Epoch milliseconds' }),
})
export type PartitionTotalsWire = z.infer<typeof partitionTotalsWire>

const passedWire = z
  .object({ folders: z.array(z.string()), count, more: z.boolean() })
  .meta({ description: 'Folders that were not looked into, since no path in them can match the pattern' })
  .default({ folders: [], count: 0, more: false })

const ledgerFields = z.object({
  listed: count,
  matched: count,
  unmatched: count,
  excluded: z.object({ rule: count, folderMarker: count, archived: count }),
  unmatchedGroups: z.array(unmatchedGroupWire),
  partitions: z.array(partitionTotalsWire),
  passed: passedWire,
})

export type LedgerWire = z.infer<typeof ledgerFields>

/** A ledger as it travels and is stored; one whose sums do not agree is refused. */
export const ledgerWire = ledgerFields.refine(isBalanced, 'The sums of this ledger do not agree.')

/** Whether listed = matched + unmatched + excluded, and the parts add up to each. */
export function isBalanced({
  listed,
  matched,
  unmatched,
  excluded,
  unmatchedGroups,
  partitions,
}: LedgerWire): boolean {
  const sum = (rows: readonly { files: number }[]) => rows.reduce((files, row) => files + row.files, 0)
  const isWhole = listed === matched + unmatched + countExcluded({ excluded })
  return isWhole && matched === sum(partitions) && unmatched === sum(unmatchedGroups)
}

/** A ledger for the wire: partitions by id, the largest group of unmatched objects first. */
export function toLedgerWire({ unmatchedGroups, partitions, passed, ...counts }: Ledger): LedgerWire {
  return {
    ...counts,
    passed: { ...passed, folders: passed.folders.toSorted() },
    excluded: { ...counts.excluded },
    unmatchedGroups: [...unmatchedGroups]
      .map(([key, group]) => ({ key, ...group }))
      .sort((a, b) => b.files - a.files || (a.key < b.key ? -1 : 1)),
    partitions: [...partitions]
      .map(([id, totals]) => ({ id, ...totals }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
}

/** The ledger of its wire form, to go on counting or merging. */
export function fromLedgerWire({ unmatchedGroups, partitions, passed, ...counts }: LedgerWire): Ledger {
  return {
    ...counts,
    passed: { ...passed, folders: [...passed.folders] },
    excluded: { ...counts.excluded },
    unmatchedGroups: new Map(
      unmatchedGroups.map(({ key, ...group }) => [key, { ...group, examples: [...group.examples] }]),
    ),
    partitions: new Map(partitions.map(({ id, ...totals }) => [id, totals])),
  }
}
