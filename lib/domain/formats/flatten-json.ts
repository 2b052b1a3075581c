import type { JsonNode } from './json-tree'
import { escapeName } from './root-path'

/** A value that becomes a cell, by its place in the text. */
export interface FlatValue {
  column: string
  node: JsonNode
}

/**
 * Names the columns of an object whose members are given: objects in it become columns `a.b` for so many levels; deeper
 * ones, empty ones and arrays are one value. Dots and backslashes in names are escaped.
 * @example {"a":{"b":{"c":1}},"d.e":2} with 1 level // "a.b" = {"c":1}, "d\.e" = 2
 */
export function flattenMembers(
  members: ReadonlyMap<string, JsonNode> | undefined,
  levels: number,
): FlatValue[] {
  const values: FlatValue[] = []
  for (const [name, node] of members ?? []) addValues(values, escapeName(name), node, levels)
  return values
}

/** The same for one member, whose column has its name already. */
export function addValues(values: FlatValue[], column: string, node: JsonNode, levels: number): void {
  if (levels === 0 || node.members === undefined) {
    values.push({ column, node })
    return
  }
  for (const [name, member] of node.members) {
    addValues(values, `${column}.${escapeName(name)}`, member, levels - 1)
  }
}
