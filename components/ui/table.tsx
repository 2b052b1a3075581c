import type { ReactNode } from 'react'
import { classes } from './classes'

export interface Column<Row> {
  id: string
  header: string
  /** The header stays for screen readers only: the column of actions. */
  headerHidden?: boolean
  cell: (row: Row) => ReactNode
  /** `num` right in mono, `when` right, `clip` cut at the edge. */
  look?: 'num' | 'when' | 'clip' | 'mono'
  /** As a card: the head of it, or the action in its corner. */
  card?: 'head' | 'action'
  width?: number
  /** Not below 768 px. */
  wideOnly?: boolean
}

export interface TableProps<Row> {
  /** What the rows are: `"Connections"`. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** 52 px rows with a second line. */
  two?: boolean
  /** Becomes a list of cards below 768 px. */
  cards?: boolean
  selectedKey?: string | null
  className?: string
}

/** A table whose columns are data; below 768 px a list of cards with the same actions in the same order. */
export function Table<Row>({ label, columns, rows, rowKey, two, cards = true, ...rest }: TableProps<Row>) {
  return (
    <table className={classes('table', two && 'two', cards && 'cards', rest.className)} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={classes(alignment(column), column.wideOnly && 'only-l')}
              style={column.width ? { width: column.width } : undefined}
            >
              {column.headerHidden ? <span className="sr">{column.header}</span> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const key = rowKey(row)
          return (
            <tr key={key} aria-current={key === rest.selectedKey ? 'true' : undefined}>
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={cellClass(column)}
                  data-label={column.card ? undefined : column.header}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function alignment<Row>(column: Column<Row>) {
  return column.look === 'num' || column.look === 'when' ? column.look : undefined
}

function cellClass<Row>(column: Column<Row>) {
  return classes(
    column.look,
    column.card === 'head' && 'head',
    column.card === 'action' && 'act',
    column.wideOnly && 'only-l',
  )
}

/** A name with a second line, for the first column of a `two` table. */
export function NameCell({ children, second }: { children: ReactNode; second?: ReactNode }) {
  return (
    <span className="name">
      {children}
      {second && <span>{second}</span>}
    </span>
  )
}
