import type { GridColumn } from '#components/grid/data-grid'
import type { Sample } from '#lib/domain/datasets/wire'

const NUMBERS = new Set(['tinyint', 'smallint', 'int', 'bigint', 'float', 'double'])
const WHOLE = new Set(['tinyint', 'smallint', 'int', 'bigint'])

/** Whether a text is a value of a storage type: `"12"` is a bigint, `"1.5"` is not. Texts hold anything. */
export function isValue(type: string, text: string): boolean {
  if (WHOLE.has(type)) return /^[+-]?\d+$/.test(text)
  if (NUMBERS.has(type)) return text.trim() !== '' && Number.isFinite(Number(text))
  if (type === 'boolean') return /^(true|false)$/i.test(text)
  if (type === 'date') return !Number.isNaN(Date.parse(text))
  return true
}

/** A text column that stands alone has the page to itself. */
const ALONE_WIDTH_PX = 1_200

/** The columns of a sample with how many of its values are valid, empty and invalid. */
export function describeColumns({ columns, rows }: Pick<Sample, 'columns' | 'rows'>): GridColumn[] {
  return columns.map(({ name, type }, at) => {
    const validity = { valid: 0, empty: 0, invalid: 0 }
    for (const { cells } of rows) {
      const cell = cells[at]
      if (cell === null || cell === undefined || cell === '') validity.empty++
      else if (isValue(type, cell)) validity.valid++
      else validity.invalid++
    }
    return {
      id: name,
      name,
      type,
      validity,
      ...(NUMBERS.has(type) ? { align: 'end' as const } : {}),
      ...(columns.length === 1 ? { widthPx: ALONE_WIDTH_PX } : {}),
    }
  })
}
