import type * as z from 'zod'
import type { FormatProposal } from './detect/proposal'
import type { SampledColumns } from './detect/sampled-columns'
import type { TextSample } from './detect/text-sample'
import type { FormatField, ShownParams } from './format-field'
import type { LineRecords } from './line-records'

/** What formats are told by. */
export interface FilesLook {
  /** The beginnings of all files that were looked at, those of binary ones without text. */
  samples: readonly TextSample[]
  /** Those that are texts and not blank. */
  texts: readonly TextSample[]
  charset: string
}

/** A row of a preview. */
export interface ShownRow {
  raw?: string | undefined
  cells: readonly (string | null)[]
}

/** Something in which files of one format differ as a whole: `"Separator"`. */
export interface FileTrait {
  label: string
  /** How rows have it by their own text, `''` where that cannot be told. */
  of(rows: readonly ShownRow[], params: ShownParams): string
}

/** Settings that files look like, where they differ from those that are set. */
export interface Adoption {
  params: Record<string, unknown>
  label: string
}

/**
 * All that is to be known of a format without reading a file: what it is called, its settings and their form, how it is told
 * by beginnings of files, and how its lines become records. A format whose records are no lines has a reader of its own for that.
 */
export interface FormatKind<Type extends string, Params extends object> {
  type: Type
  label: string
  schema: z.ZodType<{ type: Type; params: Params }>
  /** What a dataset begins with; may lack what only a person knows. */
  firstParams: Params
  /** Settings that another format takes over from this one where it has them as well. */
  carries: readonly string[]
  /** Settings that no file tells, chosen by people alone. */
  untold?: readonly string[]
  /** The form, in order. */
  fields: readonly FormatField[]
  /** Said of columns and types above the schema. */
  sayColumns(params: ShownParams): string
  /** Binary contents that it reads, by what `looksBinary` calls them; none for formats of texts. */
  contents?: readonly { id: string; name: string }[]
  /**
   * How it stands to the other formats when files are looked at: `fallback` reads any text, `exact` is told by marks of its
   * own, so that what is this throughout is nothing else.
   */
  detection?: 'fallback' | 'exact'
  /** How lines are read, for formats whose records are lines: all that there is of their reader. */
  lines?(params: Params): LineRecords
  propose(look: FilesLook): FormatProposal<Type, Params>[]
  /** Adds some values of each column that texts have by these settings; those of `lines` unless told, none for whole lines. */
  addCells?(params: Params, texts: readonly TextSample[], columns: SampledColumns): void
  /** Whether a row of each file names its columns. */
  hasHeaders?(params: Params): boolean
  /** The column that is the record itself, a text whatever stands in it. */
  recordColumn?: string
  traits?: readonly FileTrait[]
  /** What to change of settings that do not fit; null where nothing of what is found would help. Without it, all is taken over. */
  adopt?(now: ShownParams, found: Params): Adoption | 'all' | null
}
