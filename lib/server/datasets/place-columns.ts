import 'server-only'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { columnsNotIn } from '#lib/domain/datasets/outside-schema'
import { pickColumns } from '#lib/domain/datasets/pick-columns'
import { type FormatSettings, hasHeaders } from '#lib/domain/formats/catalogue'
import type { FormatProblem } from '#lib/domain/formats/wire'
import type { ColumnFact, ReadFacts } from '../reader/records'

/** Where the values of a record stand among its file's. */
export interface PlacedColumns {
  /** For each column of the schema its place, -1 where the file has none. */
  inside: readonly number[]
  /** Columns of the file that the schema does not hold. */
  outside: readonly { place: number; column: ColumnFact }[]
}

/** Finds the columns of a schema among those of one file, which may get more as it is read. */
export class ColumnPlaces {
  private known = -1
  private places: PlacedColumns = { inside: [], outside: [] }

  constructor(
    private readonly schema: readonly SchemaColumn[],
    private readonly format: FormatSettings,
  ) {}

  of(found: readonly ColumnFact[]): PlacedColumns {
    if (found.length === this.known) return this.places
    this.known = found.length
    const inside = pickColumns(this.schema, found)
    this.places = { inside, outside: this.isHeaderless(inside) ? [] : columnsNotIn(this.schema, found) }
    return this.places
  }

  /** Says of a file that seems to have no header where others have one that its first row was taken for names. */
  problemOf({ columns, path }: ReadFacts): FormatProblem | null {
    if (columns.length === 0 || this.schema.length === 0 || !this.isHeaderless(this.of(columns).inside))
      return null
    return {
      reason: 'first-row-read-as-names',
      message:
        'The first row was read as names, and none of them is a column of the schema: no value of this file is shown.',
      path,
      excerpt: columns
        .map(({ name }) => name)
        .join(', ')
        .slice(0, EXCERPT_CHARS)
        .toWellFormed(),
      remedy:
        'Where the file has no header, choose on Format that such files are read by position, or leave the file out on Files.',
    }
  }

  private isHeaderless(inside: readonly number[]): boolean {
    return hasHeaders(this.format) && inside.every((place) => place < 0)
  }
}

const EXCERPT_CHARS = 200
