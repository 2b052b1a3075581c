import * as z from 'zod'
import { datasetDefinition } from './definition'
import { scanCost } from './scan-cost'

/** Where a listing looks: any connection the caller may use, a path, and which files count. */
export const filesRequest = z.object({
  connection: z.string(),
  bucket: z.string().nullable().default(null),
  path: z.string(),
})
export type FilesRequest = z.infer<typeof filesRequest>

export const fileEntry = z.object({ path: z.string(), sizeBytes: z.number(), modifiedAt: z.iso.datetime() })
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
  /** `".ndjson.gz"`, in small letters; empty for names without an ending. */
  ending: z.string(),
  /** The ways in which names spell it: `[".csv", ".CSV"]`. */
  spellings: z.array(z.string()).default([]),
  files: z.number().int(),
  /** Of them without a byte. */
  empty: z.number().int().default(0),
  sizeBytes: z.number(),
  /** Files of it that the rules take. */
  kept: z.number().int(),
  /** What each object that was looked at is: `"gzip:text"`, `"parquet"`; none before anything was looked at. */
  contents: z.array(z.string()),
  /** Where folders divide it by content: what lies in each, with a star for a name above it that differs. */
  folders: z.array(z.object({ folder: z.string(), content: z.string() })).default([]),
  /** The newest file that the rules take and that is not empty. */
  newest: fileEntry.nullable(),
})
export type FileKind = z.infer<typeof fileKind>

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
  /** What listing everything takes; null where a page held everything. */
  estimate: scanCost.nullable().default(null),
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
  /** What List files takes by a look that was had just before: it looks itself without one. */
  cost: scanCost.optional(),
})
export type DefinitionRequest = z.infer<typeof definitionRequest>

/** What List partitions looks at, `matching` unless told. */
export const listingScope = z.enum(['matching', 'everything']).meta({
  description:
    'matching, unless told: folders in which a path can match the pattern, the others are named; everything: all below the path, so that what does not match is counted',
})
export type ListingScope = z.infer<typeof listingScope>

/** Which listing is asked about. */
export const SCANS = ['files', 'partitions'] as const
export type Scan = (typeof SCANS)[number]

export const scanCostRequest = definitionRequest
  .pick({ definition: true })
  .extend({ of: z.enum(SCANS).default('files'), scope: listingScope.optional() })
export type ScanCostRequest = z.infer<typeof scanCostRequest>

/** What listing the partitions of a dataset is asked with. */
export const datasetListingQuery = z.object({ scope: listingScope.optional() })
export type DatasetListingQuery = z.infer<typeof datasetListingQuery>

export const previewRequest = z.object({
  definition: datasetDefinition,
  /** Below the dataset's path, beginning with `/`; the newest non-empty file when left out. */
  file: z.string().optional(),
  /** Whether records of further files follow where the file holds few; unless a file is named, if left out. */
  readOn: z.boolean().optional(),
  /** Folders of other content, as a detection names them: no record of them follows. */
  beside: z
    .array(z.object({ folder: z.string().max(4_096) }))
    .max(100)
    .optional(),
  records: z.number().int().min(1).max(1_000).default(1_000),
})
export type PreviewRequest = z.infer<typeof previewRequest>
