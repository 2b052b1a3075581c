import * as z from 'zod'
import { ledgerWire } from '../partitioning/ledger-wire'
import { definitionRequest, fileEntry, listingScope } from './files-wire'

export const partitionsRequest = definitionRequest.extend({ scope: listingScope.optional() })
export type PartitionsRequest = z.infer<typeof partitionsRequest>

/** A dated listing: where every object went. Its partitions come as items of the job, or with the dataset. */
export const partitionsReport = z.object({
  listedAt: z.iso.datetime(),
  /** False when it was stopped or its budget ended: the sums are "so far". */
  complete: z.boolean(),
  ledger: ledgerWire,
  emptyBecause: z.string().nullable(),
})
export type PartitionsReport = z.infer<typeof partitionsReport>

/** What the job of a listing ends with: the sums. Its partitions went out as items, the last of an id counts. */
export const partitionsSummary = z.object({
  listedAt: z.iso.datetime(),
  complete: z.boolean(),
  ledger: z.object({
    listed: ledgerWire.shape.listed,
    matched: ledgerWire.shape.matched,
    unmatched: ledgerWire.shape.unmatched,
    excluded: ledgerWire.shape.excluded,
    unmatchedGroups: ledgerWire.shape.unmatchedGroups,
    passed: ledgerWire.shape.passed,
  }),
  partitions: z.number().int(),
  emptyBecause: z.string().nullable(),
})
export type PartitionsSummary = z.infer<typeof partitionsSummary>

/** The latest listing of a dataset; null when there has been none. */
export const datasetPartitions = z.object({
  report: partitionsReport.nullable(),
  /** The settings have changed since. */
  stale: z.boolean(),
  /** A listing that the caller started and that is under way. */
  jobId: z.string().nullable(),
})
export type DatasetPartitions = z.infer<typeof datasetPartitions>

export const partitionFilesRequest = z.object({
  /** An id: `"design|2026-11-22"`, `"NP"`. */
  partition: z.string().min(1).max(2_000),
  /** `next` of the page before. */
  after: z.string().max(8_000).optional(),
})
export type PartitionFilesRequest = z.infer<typeof partitionFilesRequest>

/** One page of the files of a partition, paths below the dataset's path. */
export const partitionFiles = z.object({ files: z.array(fileEntry), next: z.string().nullable() })
export type PartitionFiles = z.infer<typeof partitionFiles>

/** A range specification: `"*|2026-11-01/2026-11-30"`. */
export const rangeQuery = z.object({ range: z.string().min(1).max(10_000) })

/** The partitions that one comes to by the kept listing, in the listing's order. */
export const resolvedRange = z.object({ ids: z.array(z.string()) })
export type ResolvedRange = z.infer<typeof resolvedRange>
