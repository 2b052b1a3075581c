import type { Ranges } from './char-set'
import type { PatternNode, SetNode } from './pattern-nodes'

/** Which UTF-16 units a step takes: the ASCII ones by table, all others together. */
export interface UnitSet {
  readonly ascii: Uint8Array
  readonly beyond: boolean
}

const LAST_CODE_POINT = 0x10ffff

export const NO_UNITS: UnitSet = { ascii: new Uint8Array(128), beyond: false }
export const DIGIT_UNITS: UnitSet = { ascii: asciiTable([[0x30, 0x39]]), beyond: false }
export const VALUE_UNITS: UnitSet = {
  ascii: asciiTable([
    [0, 0x2e],
    [0x30, 0x7f],
  ]),
  beyond: true,
}

/** The units of a one-character node, or null if they cannot be told without looking at whole code points. */
export function unitsOf(node: PatternNode): UnitSet | null {
  if (node.kind === 'set') return unitsOfSet(node)
  return node.kind === 'literal' && node.text.length === 1 && node.text < '\x80'
    ? unitsOfCharacter(node.text)
    : null
}

/** The set of one UTF-16 unit; beyond ASCII, the smallest set that holds it. */
export function unitsOfCharacter(unit: string): UnitSet {
  const code = unit.charCodeAt(0)
  return code < 0x80
    ? { ascii: asciiTable([[code, code]]), beyond: false }
    : { ascii: NO_UNITS.ascii, beyond: true }
}

/** Whether two sets share a unit. */
export function overlaps(a: UnitSet, b: UnitSet): boolean {
  return (a.beyond && b.beyond) || a.ascii.some((taken, unit) => taken === 1 && b.ascii[unit] === 1)
}

function unitsOfSet({ ranges, unicodeClasses }: SetNode): UnitSet | null {
  if (unicodeClasses.length > 0) return null
  const beyond = ranges.some(([from, to]) => from <= 0x80 && to === LAST_CODE_POINT)
  if (!beyond && ranges.some(([, to]) => to >= 0x80)) return null
  return { ascii: asciiTable(ranges), beyond }
}

function asciiTable(ranges: Ranges): Uint8Array {
  const table = new Uint8Array(128)
  for (const [from, to] of ranges) table.fill(1, Math.min(from, 128), Math.min(to + 1, 128))
  return table
}
