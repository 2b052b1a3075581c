import 'server-only'
import type { Cell, RecordBatch } from '../../records'
import { literal } from './assemble'
import type { SchemaNode } from './schema'
import type { LeafText } from './to-text'

/** A column, as records show it that are written as JSON. */
interface TableColumn {
  /** As JSON. */
  name: string
  /** Whether its cells are JSON, or texts some of which JSON writes as they are. */
  kind: 'json' | 'literal' | 'text'
}

/** Names the columns of a file. */
export const tableColumns = (nodes: readonly SchemaNode[], texts: readonly LeafText[]): TableColumn[] =>
  nodes.map((node) => {
    const isJson = node.children.length > 0 || node.repetition === 'repeated'
    const kind = isJson ? 'json' : texts[node.firstLeaf]?.isLiteral === true ? 'literal' : 'text'
    return { name: JSON.stringify(node.name), kind }
  })

/**
 * Rows of a table. It holds no function: what is built for production is inlined, and one that is made where rows are put
 * together kept the pages of all columns for as long as a batch waits for its reader.
 */
export class TableBatch implements RecordBatch {
  constructor(
    readonly firstRecord: number,
    private rows: readonly Cell[][],
    private readonly columns: readonly TableColumn[],
  ) {}

  get count(): number {
    return this.rows.length
  }

  text(index: number): string {
    const cells = this.rows[index]
    if (cells === undefined) return ''
    return `{${this.columns.map(({ name, kind }, at) => `${name}:${toJson(cells[at], kind)}`).join(',')}}`
  }

  cells(index: number): Cell[] {
    return this.rows[index] ?? []
  }

  tooLarge(): undefined {
    return undefined
  }

  unparsed(): undefined {
    return undefined
  }

  take(count: number): RecordBatch {
    return new TableBatch(this.firstRecord, this.rows.slice(0, count), this.columns)
  }

  release(): void {
    this.rows = []
  }
}

function toJson(cell: Cell, kind: TableColumn['kind']): string {
  if (cell === null || cell === undefined) return 'null'
  return kind === 'json' ? cell : literal(cell, kind === 'literal')
}
