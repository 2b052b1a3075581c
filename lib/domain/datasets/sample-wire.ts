import * as z from 'zod'
import { formatProblemSchema } from '../formats/wire'
import { columnsOutside, NOTHING_OUTSIDE } from './outside-schema'

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

/** Why a sample failed of which no file was known in time. */
export const SAMPLE_TOOK_TOO_LONG = 'sample-took-too-long'

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
  /** The range specification that was asked for, where the mode is none of the partitions' own. */
  within: z.string().nullable().default(null),
  /** Nobody asked for partitions, and its files were looked for in the newest ones alone. */
  amongNewest: z.boolean().default(false),
  /** It holds every record of the dataset, or of the partitions asked for, and all could be read. */
  complete: z.boolean().default(false),
  /** What chose the files of `random-files`, and among how many. */
  random: z.object({ seed: z.number().int(), filesTotal: z.number().int() }).nullable().default(null),
  /** Ids of the partitions it holds records of, newest first. */
  partitions: z.array(z.string()),
  /** How many partitions the dataset has, where a listing says so. */
  partitionsTotal: z.number().int().nullable(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  /**
   * Paths below the dataset's path, with the partition they are in; of an archive once for each file inside that records
   * stand in, its `entry`. Rows name them by their place here.
   */
  files: z.array(z.object({ path: z.string(), partition: z.string(), entry: z.string().optional() })),
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
  /** What the records of the sample hold in columns that the schema does not have. */
  outside: columnsOutside.default(NOTHING_OUTSIDE),
  problems: z.array(formatProblemSchema),
  /** How many more there were. */
  problemsLeftOut: z.number().int().optional(),
  readAt: z.iso.datetime(),
  durationMs: z.number().int(),
  /**
   * What ended the reading before the sample was full: `size` where records are too large for more of them; or the listing
   * before all files were known, where others might have been chosen: at its number of objects or, `scan-deadline`, its time.
   * Null when it is full of the right records, or all was read.
   */
  endedBy: z.enum(['deadline', 'scan-budget', 'scan-deadline', 'size']).nullable(),
  /** Files that were read as far as they were wanted, of those that were found for it. */
  filesRead: z.number().int().default(0),
  filesFound: z.number().int().default(0),
  emptyBecause: z.string().nullable(),
  /** It is empty since no file matches the pattern. */
  isUnmatched: z.boolean().default(false),
})
export type Sample = z.infer<typeof sample>
