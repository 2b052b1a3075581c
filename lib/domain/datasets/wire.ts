import * as z from 'zod'
import { formatProblemSchema } from '../formats/wire'
import { ledgerWire } from '../partitioning/ledger-wire'
import { datasetDefinition } from './definition'
import { WIZARD_TABS } from './problem'

/** The wizard's settings as they are kept on the server: no rows, no secrets. */
export const wizardSettings = z.object({
  name: z.string().max(200),
  definition: datasetDefinition,
  partitioningActive: z.boolean(),
  touched: z.array(z.enum(WIZARD_TABS)),
})

export const draft = z.object({
  id: z.string(),
  version: z.number().int(),
  settings: wizardSettings,
  updatedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type Draft = z.infer<typeof draft>

export const draftSave = z.object({ version: z.number().int(), settings: wizardSettings })
export type DraftSave = z.infer<typeof draftSave>

export const draftList = z.object({
  drafts: z.array(
    z.object({ id: z.string(), name: z.string(), connection: z.string(), updatedAt: z.iso.datetime() }),
  ),
})

/** Why a dataset cannot be opened by the caller, and whom to ask; null when it can. */
export const datasetLock = z
  .object({
    reason: z.enum(['connection-removed', 'connection-not-usable']),
    message: z.string(),
    ask: z.array(z.string()),
    connection: z.string(),
    /** Who removed its connection, when, and which extension brings it back. */
    removed: z.object({ by: z.string(), at: z.iso.datetime(), extension: z.string().nullable() }).nullable(),
  })
  .nullable()
export type DatasetLock = z.infer<typeof datasetLock>

const datasetSummary = z.object({
  name: z.string(),
  type: z.literal('S3'),
  connection: z.string(),
  partitioned: z.boolean(),
  dimensions: z.array(z.string()),
  /** How many the last whole listing of these settings found; null before there is one. */
  partitions: z.number().int().nullable(),
  lock: datasetLock,
  updatedAt: z.iso.datetime(),
})

export const datasetItem = datasetSummary.extend({ createdBy: z.string() })
export type DatasetItem = z.infer<typeof datasetItem>
export const datasetList = z.object({ datasets: z.array(datasetItem), canCreate: z.boolean() })

export const dataset = datasetSummary.extend({
  projectKey: z.string(),
  definition: datasetDefinition,
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  updatedBy: z.string(),
  can: z.object({ read: z.boolean(), edit: z.boolean(), delete: z.boolean() }),
})
export type Dataset = z.infer<typeof dataset>

export const datasetCreation = z.object({
  name: z.string().max(200),
  definition: datasetDefinition,
  /** The draft it comes from; gone once the dataset is there. */
  draftId: z.string().optional(),
})
export type DatasetCreation = z.infer<typeof datasetCreation>

export const datasetSave = z.object({ version: z.number().int(), definition: datasetDefinition })
export const datasetRename = z.object({ name: z.string().max(200) })
export type DatasetSave = z.infer<typeof datasetSave>

/** Where a listing looks: any connection the caller may use, a path, and which files count. */
export const filesRequest = z.object({
  connection: z.string(),
  bucket: z.string().nullable().default(null),
  path: z.string(),
})
export type FilesRequest = z.infer<typeof filesRequest>

const fileEntry = z.object({ path: z.string(), sizeBytes: z.number(), modifiedAt: z.iso.datetime() })
export type FileEntry = z.infer<typeof fileEntry>

/** One page of a folder: its folders, its files, and where to go on. */
export const folderPage = z.object({
  path: z.string(),
  folders: z.array(z.string()),
  files: z.array(fileEntry.extend({ storageClass: z.string() })),
  next: z.string().nullable(),
  /** Says why there is nothing, when there is nothing. */
  emptyBecause: z.string().nullable(),
})
export type FolderPage = z.infer<typeof folderPage>

/** Files whose names end alike, whether the rules take them or not, and what a few of them are by their first bytes. */
const fileKind = z.object({
  /** `".ndjson.gz"`; empty for names without an ending. */
  ending: z.string(),
  files: z.number().int(),
  sizeBytes: z.number(),
  /** Files of it that the rules take. */
  kept: z.number().int(),
  /** What each object that was looked at is: `"gzip:text"`, `"parquet"`; none before anything was looked at. */
  contents: z.array(z.string()),
  /** The newest file that the rules take and that is not empty. */
  newest: fileEntry.nullable(),
})
export type FileKind = z.infer<typeof fileKind>

/** What listing everything costs, by a look at a few places: told before a listing goes on beyond its first page. */
const scanEstimate = z.object({
  /** About how many objects there are; a lower bound where `atLeast`. */
  objects: z.number().int(),
  atLeast: z.boolean(),
  /** Requests that the estimate took, and how long one took by the median, in milliseconds. */
  probes: z.number().int(),
  requestMs: z.number(),
})
export type ScanEstimate = z.infer<typeof scanEstimate>

const exampleList = z.array(z.string()).default([])

/** What List files found, as the job's result. */
export const filesReport = z.object({
  listedAt: z.iso.datetime(),
  complete: z.boolean(),
  listed: z.number().int(),
  kept: z.number().int(),
  keptBytes: z.number(),
  excluded: z.object({ rule: z.number().int(), folderMarker: z.number().int(), archived: z.number().int() }),
  firstModifiedAt: z.iso.datetime().nullable(),
  lastModifiedAt: z.iso.datetime().nullable(),
  newest: z.array(fileEntry),
  /** Paths from all over the listing, evenly: what patterns are suggested from and tried on. */
  examples: z.array(z.string()).default([]),
  /** The same of all files, whether the rules take them or not: what rules are tried on while they are edited. */
  examplesOfAll: exampleList,
  /** The largest kinds, by files; what the smaller ones hold together is `otherKinds`. */
  kinds: z.array(fileKind).default([]),
  otherKinds: z
    .object({ files: z.number().int(), sizeBytes: z.number() })
    .default({ files: 0, sizeBytes: 0 }),
  /** Files that each rule in force names, in the order of the rules; a file may be named by several. */
  byRule: z.array(z.number().int()).default([]),
  /** Chosen files that the listing did not find, the first of them. */
  notFound: exampleList,
  /** Some paths of what was left out, by the reason. */
  leftOut: z
    .object({ rule: exampleList, folderMarker: exampleList, archived: exampleList })
    .default({ rule: [], folderMarker: [], archived: [] }),
  /** Null where the first page held everything. */
  estimate: scanEstimate.nullable().default(null),
  /** Requests to the store and milliseconds that the listing took. */
  requests: z.number().int().default(0),
  durationMs: z.number().default(0),
  emptyBecause: z.string().nullable(),
})
export type FilesReport = z.infer<typeof filesReport>

/** Settings to look at, saved or not: what previews and listings work on. */
export const definitionRequest = z.object({
  definition: datasetDefinition,
  scanBudget: z.number().int().min(1).optional(),
})
export type DefinitionRequest = z.infer<typeof definitionRequest>

export const previewRequest = z.object({
  definition: datasetDefinition,
  /** Below the dataset's path, beginning with `/`; the newest non-empty file when left out. */
  file: z.string().optional(),
  records: z.number().int().min(1).max(1_000).default(1_000),
})
export type PreviewRequest = z.infer<typeof previewRequest>

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

/** What a sample is made of: evenly of the partitions, first records, last ones, or files chosen at random. */
export const SAMPLE_MODES = ['spread', 'first', 'last', 'random'] as const
export type SampleMode = (typeof SAMPLE_MODES)[number]

export const sampleRequest = z.object({
  records: z.coerce.number().int().min(1).max(10_000).default(10_000),
  /** A range specification; the newest partitions when left out. */
  partitions: z.string().max(2_000).optional(),
  /** Which records of those partitions; evenly of each where there are partitions by time, else the first. */
  mode: z.enum(SAMPLE_MODES).optional(),
  /** Chooses the files of `random`: the same seed chooses the same of the same files. */
  seed: z.coerce.number().int().min(0).max(0xffffffff).optional(),
})
export type SampleRequest = z.infer<typeof sampleRequest>

/** What a sample can be taken away as. */
export const SAMPLE_EXPORTS = ['csv', 'json', 'parquet'] as const
export const sampleExportRequest = sampleRequest.extend({ format: z.enum(SAMPLE_EXPORTS) })
export type SampleExportRequest = z.infer<typeof sampleExportRequest>

/** A labelled sample: which records it holds, and where each one stands. */
export const sample = z.object({
  /**
   * Which records: the newest partitions evenly, the partitions asked for evenly, the first of the files in the order of
   * their paths, the last of the files changed last, or the first of files chosen at random.
   */
  mode: z.enum(['newest-partitions', 'chosen-partitions', 'first-records', 'last-records', 'random-files']),
  /** The range specification it was taken within, where the mode is none of the partitions' own. */
  within: z.string().nullable().default(null),
  /** What chose the files of `random-files`, and among how many. */
  random: z.object({ seed: z.number().int(), filesTotal: z.number().int() }).nullable().default(null),
  /** Ids of the partitions it holds records of, newest first. */
  partitions: z.array(z.string()),
  /** How many partitions the dataset has, where a listing says so. */
  partitionsTotal: z.number().int().nullable(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  /** Paths below the dataset's path, with the partition they are in; rows name them by their place here. */
  files: z.array(z.object({ path: z.string(), partition: z.string() })),
  rows: z.array(
    z.object({
      file: z.number().int(),
      /** Its number in the file, from 1. */
      number: z.number().int(),
      /** One for each of `columns`. */
      cells: z.array(z.string().nullable()),
      /** Places of cells that the record does not have at all: neither null nor empty. */
      absent: z.array(z.int()).optional(),
      /** Why it could not be taken apart; its text is in `raw`, cut after 64 KiB. */
      unparsed: z.string().optional(),
      raw: z.string().optional(),
      /** Longer than is held whole, and so not taken apart. */
      tooLarge: z.literal(true).optional(),
      /** Of the record, or else of its longest value, where `cells` show less: their first 64 KiB. */
      chars: z.number().int().optional(),
    }),
  ),
  problems: z.array(formatProblemSchema),
  /** How many more there were. */
  problemsLeftOut: z.number().int().optional(),
  readAt: z.iso.datetime(),
  durationMs: z.number().int(),
  /**
   * What ended the reading before the sample was full: `size` where records are too large for more of them. Null when it
   * is full or everything was read.
   */
  endedBy: z.enum(['deadline', 'scan-budget', 'size']).nullable(),
  emptyBecause: z.string().nullable(),
})
export type Sample = z.infer<typeof sample>
