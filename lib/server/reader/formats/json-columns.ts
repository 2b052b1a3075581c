import 'server-only'
import type { FlatRecord } from '#lib/domain/formats/flatten-json'
import type { JsonNode } from '#lib/domain/formats/json-tree'
import { ownText } from '#lib/domain/formats/own-text'
import type { ReadFacts } from '../records'

/** A record that would make more columns is not taken apart. */
export const MAX_JSON_COLUMNS = 10_000

/** The columns of a file as they are found. */
export class JsonColumns {
  private readonly places: Map<string, number>
  private repetitionTold = false

  constructor(private readonly facts: ReadFacts) {
    this.places = new Map(facts.columns.map(({ name }, place) => [name, place]))
  }

  get count(): number {
    return this.facts.columns.length
  }

  /** Gives each value its column, new ones at the end; undefined, and no new ones, if they would be too many. */
  place(values: FlatRecord['values']): Map<JsonNode, number> | undefined {
    const fresh = new Set<string>()
    for (const { column } of values) if (!this.places.has(column)) fresh.add(column)
    if (fresh.size > 0 && this.count + fresh.size > MAX_JSON_COLUMNS) return undefined
    for (const name of [...fresh].map(ownText)) {
      this.places.set(name, this.count)
      this.facts.columns.push({ name, type: 'string' })
    }
    return new Map(values.map(({ column, node }) => [node, this.places.get(column) ?? -1]))
  }

  /** Tells once in a file that a name stands twice in one object. */
  tellRepeated(name: string | undefined, record: number): void {
    if (name === undefined || this.repetitionTold) return
    this.repetitionTold = true
    const shown = JSON.stringify(name.slice(0, 100).toWellFormed())
    const message = `Record ${record} has the name ${shown} twice in one object: its last value is taken, here and wherever that is so.`
    this.facts.note({ reason: 'repeated-name', message, record })
  }
}
