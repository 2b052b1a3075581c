import type { CellValue, GridColumn, RowMark } from '#components/grid/data-grid'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import { fitsType, isNumeric } from '#lib/domain/datasets/storage-types'

type Row = Sample['rows'][number]

/** A text column that stands alone has the page to itself. */
const ALONE_WIDTH_PX = 1_200

/**
 * The columns of a sample with how many of its values are of their type, empty and not of it. A record that could not be
 * taken apart has no value that is.
 */
export function describeColumns({ columns, rows }: Pick<Sample, 'columns' | 'rows'>): GridColumn[] {
  return columns.map(({ name, type }, at) => {
    const validity = { valid: 0, empty: 0, invalid: 0 }
    for (const { cells, unparsed } of rows) {
      const cell = cells[at]
      if (unparsed !== undefined) validity.invalid++
      else if (cell === null || cell === undefined || cell === '') validity.empty++
      else if (fitsType(cell, type)) validity.valid++
      else validity.invalid++
    }
    return {
      id: name,
      name,
      type,
      validity,
      ...(isNumeric(type) ? { align: 'end' as const } : {}),
      ...(columns.length === 1 ? { widthPx: ALONE_WIDTH_PX } : {}),
    }
  })
}

/** A cell as it was read: a text, null, or undefined where the record does not have the column at all. */
export function cellOf({ cells, absent }: Row, column: number): CellValue {
  return absent?.includes(column) ? undefined : cells[column]
}

/** Why a record could not be taken apart, and its text. */
export const markOf = ({ unparsed, raw }: Row): RowMark | undefined =>
  unparsed === undefined ? undefined : { reason: unparsed, text: raw ?? '' }
