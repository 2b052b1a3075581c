import 'server-only'
import type { ParquetFormat } from '#lib/domain/formats/parquet'
import type { FormatReader } from '../format-reader'
import type { ColumnFact } from '../records'
import { readFooter } from './parquet/footer'
import { notesOn, readRows } from './parquet/read-rows'
import type { SchemaNode } from './parquet/schema'
import { storageTypeOf } from './parquet/to-text'

/** Columns and types stand at the end of the file; values are exact text, nested ones JSON. */
export const readParquet: FormatReader<ParquetFormat['params']> = () => ({
  access: 'ranges',
  async *read(file, facts, limits) {
    const notes = notesOn(facts)
    const before = facts.records
    yield* limits.resting(async function* (hold) {
      const footer = await readFooter(file)
      if (facts.columns.length === 0) facts.columns.push(...columnsOf(footer.root.children))
      const given = facts.records - before
      yield* readRows(file, footer, { ...limits, hold, notes, firstRecord: before + 1, given })
    })
  },
  async count(file) {
    return (await readFooter(file)).rows
  },
})

/** Each name once, `name_2` for one that stands there twice, as everywhere in files. */
function columnsOf(nodes: readonly SchemaNode[]): ColumnFact[] {
  const taken = new Set(nodes.map(({ name }) => name))
  const seen = new Set<string>()
  return nodes.map((node, place) => {
    let name = node.name === '' ? `col_${place}` : node.name
    for (let turn = 2; seen.has(name); turn++) {
      const next = `${node.name}_${turn}`
      if (!taken.has(next)) name = next
    }
    seen.add(name)
    return { name, type: storageTypeOf(node) }
  })
}
