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

/**
 * Each name once, as everywhere in files: `name_2` for one that stands there twice, `col_N`, counted from 0, for one that says
 * nothing. A name of the file is never given to another column. A NUL, which no schema can keep, becomes U+FFFD.
 */
function columnsOf(nodes: readonly SchemaNode[]): ColumnFact[] {
  const named = nodes.map((node) => ({ node, own: node.name.replaceAll('\0', '\ufffd') }))
  const ofFile = new Set(named.map(({ own }) => own))
  const seen = new Set<string>()
  return named.map(({ node, own }, place) => {
    const wanted = own.trim() === '' ? `col_${place}` : own
    let name = wanted
    const isTaken = () => seen.has(name) || (ofFile.has(name) && name !== own)
    for (let turn = 2; isTaken(); turn++) name = `${wanted}_${turn}`
    seen.add(name)
    return { name, type: storageTypeOf(node) }
  })
}
