import * as z from 'zod'
import { formatProblemSchema } from '../formats/wire'
import { datasetDefinition } from './definition'

/** Which files to read, how, and whether their texts are asked for narrower types. */
export const schemaRequest = z.object({
  definition: datasetDefinition,
  infer: z.boolean().default(false),
  /** Files that are to be among those read, if the dataset takes them: paths below its own. */
  files: z.array(z.string().max(2_000)).max(4).default([]),
})
export type SchemaRequest = z.input<typeof schemaRequest>

const place = z.object({
  /** Below the dataset's path. */
  path: z.string(),
  /** From 1. */
  record: z.int(),
  /** What stands there, cut short. */
  excerpt: z.string(),
})
export type ValuePlace = z.infer<typeof place>

/** A type that some values of a column are of, or could be read as, and others are not, with the first that is not. */
const counterExample = place.extend({
  type: z.string(),
  fits: z.int(),
  misfits: z.int(),
  /** Of the misfits: what could be read as the type and would not be given back as it stands, as `007`. */
  altered: z.int(),
})
export type CounterExample = z.infer<typeof counterExample>

/** A column that the files were seen to have. */
const foundColumn = z.object({
  name: z.string(),
  /** As the format declares it: `string` for texts. */
  type: z.string(),
  /** The narrowest type that gives all values back as they are, where that was asked; otherwise `type`. */
  inferred: z.string(),
  /** What spoke against narrower types, those of most values first. */
  against: z.array(counterExample),
  /** Records that have the column, of `records`; those with an empty or null value among them. */
  present: z.int(),
  empty: z.int(),
  firstSeen: z.object({ path: z.string(), modifiedAt: z.iso.datetime() }),
  longestChars: z.int(),
  /** Three at most, cut short. */
  examples: z.array(z.string()),
})
export type FoundColumn = z.infer<typeof foundColumn>

const finding = z.object({ count: z.int(), first: place }).nullable()

/** What a column of the schema promises and values do not keep; only columns with a finding are listed. */
const columnCheck = z.object({
  /** Its place in the schema of the request. */
  column: z.int(),
  misfits: finding,
  /** Values that are not what its meaning says. */
  otherMeaning: finding,
  tooLong: finding,
})
export type ColumnCheck = z.infer<typeof columnCheck>

/** The columns of several files together, in the order in which they were met, oldest file first. */
export const schemaReport = z.object({
  /** Those that were read, oldest first. */
  files: z.array(z.object({ path: z.string(), records: z.int(), modifiedAt: z.iso.datetime() })),
  /** Records that were taken apart, and those that could not be. */
  records: z.int(),
  unparsed: z.int(),
  columns: z.array(foundColumn),
  /** Columns beyond as many as a schema can have. */
  columnsLeftOut: z.int(),
  checks: z.array(columnCheck),
  /** Of those read: files whose first row was read as names and holds none; their columns are not among these. */
  headerless: z.array(z.object({ path: z.string(), columns: z.int() })).default([]),
  /** Of those read: files whose header has other names than the others', the first of which are told; their columns count. */
  renamed: z.array(z.object({ path: z.string(), names: z.array(z.string()) })).default([]),
  problems: z.array(formatProblemSchema),
  readAt: z.iso.datetime(),
  /** What ended the reading before it was done; null when it was. */
  endedBy: z.enum(['deadline']).nullable(),
  /** Says why there is nothing, when there is nothing. */
  emptyBecause: z.string().nullable(),
})
export type SchemaReport = z.infer<typeof schemaReport>
