import type { JsonNode } from './json-tree'
import { escapeName } from './root-path'

/** The values of a record that become cells. */
export interface FlatRecord {
  /** In order of appearance; columns differ from each other. */
  values: { column: string; node: JsonNode }[]
  /** A name that one of the objects taken apart has twice: its last value counts. */
  repeated: string | undefined
}

/**
 * Names the columns of an object: objects in it become columns `a.b` for so many levels; deeper ones, empty ones and arrays
 * are one value. Dots and backslashes in names are escaped.
 * @example {"a":{"b":{"c":1}},"d.e":2} with 1 level // "a.b" = {"c":1}, "d\.e" = 2
 */
export function flattenObject(object: JsonNode, levels: number): FlatRecord {
  const record: FlatRecord = { values: [], repeated: object.repeated }
  for (const [name, node] of object.members ?? []) addValues(record, escapeName(name), node, levels)
  return record
}

/** Adds the values of one member, whose column has its name already. */
export function addValues(record: FlatRecord, column: string, node: JsonNode, levels: number): void {
  if (levels === 0 || node.members === undefined) {
    record.values.push({ column, node })
    return
  }
  record.repeated ??= node.repeated
  for (const [name, member] of node.members) {
    addValues(record, `${column}.${escapeName(name)}`, member, levels - 1)
  }
}
