import { createMismatch, type Mismatch } from './mismatch'
import type { PathPattern } from './path-pattern'
import type { PatternNode } from './pattern-nodes'
import { SPECIFIERS, specifiersOf } from './pattern-rules'
import { isRealDate } from './periods'

/** A path's partition, or why it has none. `values` follow the order of the dimension list. */
export type PathMatch =
  | { readonly ok: true; readonly id: string; readonly values: readonly string[] }
  | Mismatch

/** Makes partition values out of the places that a matcher captured. */
export interface MatchReader {
  /** The slot of a specifier: 0 to 3 for Y, M, D, H, from 4 on for the discrete dimensions; -1 for other nodes. */
  slotOf(node: PatternNode): number
  /** Reads `marks[2 * slot]` to `marks[2 * slot + 1]` of the path for every slot of the pattern. */
  read(path: string, marks: Int32Array): PathMatch
}

const PIPE = 0x7c

/** The reader of a pattern's captures, the same for both engines. */
export function createMatchReader({ dimensions }: PathPattern): MatchReader {
  const slots = dimensions.map((dimension, index) =>
    dimension.type === 'time' ? -1 : SPECIFIERS.length + index,
  )
  const time = dimensions.find((dimension) => dimension.type === 'time')
  const timeSlots = time === undefined ? 0 : specifiersOf(time.params.period).length
  const refusals = dimensions.map(({ name }) => ({
    separator: createMismatch('value-has-separator', `%{${name}}`),
    control: createMismatch('value-has-control-character', `%{${name}}`),
  }))
  const impossibleDate = createMismatch('impossible-date', null)

  return {
    slotOf(node) {
      if (node.kind === 'time') return SPECIFIERS.indexOf(node.specifier)
      if (node.kind !== 'value') return -1
      return SPECIFIERS.length + dimensions.findIndex((dimension) => dimension.name === node.dimension)
    },
    read(path, marks) {
      let date = ''
      if (timeSlots > 0) {
        if (!holdsRealDate(path, marks, timeSlots)) return impossibleDate
        date = readDate(path, marks, timeSlots)
      }
      const values: string[] = []
      let id = ''
      for (let index = 0; index < slots.length; index++) {
        const slot = slots[index] as number
        let value = date
        if (slot >= 0) {
          const start = marks[2 * slot] as number
          const end = marks[2 * slot + 1] as number
          const refused = findIllegalUnit(path, start, end)
          if (refused !== null) return (refusals[index] as (typeof refusals)[number])[refused]
          value = path.slice(start, end)
        }
        values.push(value)
        id = index === 0 ? value : `${id}|${value}`
      }
      return { ok: true, id: slots.length === 0 ? 'NP' : id, values }
    },
  }
}

function holdsRealDate(path: string, marks: Int32Array, timeSlots: number): boolean {
  const year = readDigits(path, marks, 0)
  const month = timeSlots > 1 ? readDigits(path, marks, 1) : 1
  const day = timeSlots > 2 ? readDigits(path, marks, 2) : 1
  return isRealDate(year, month, day, timeSlots > 3 ? readDigits(path, marks, 3) : 0)
}

function readDigits(path: string, marks: Int32Array, slot: number): number {
  const end = marks[2 * slot + 1] as number
  let number = 0
  for (let at = marks[2 * slot] as number; at < end; at++) number = number * 10 + path.charCodeAt(at) - 0x30
  return number
}

function readDate(path: string, marks: Int32Array, timeSlots: number): string {
  let date = path.slice(marks[0], marks[1])
  for (let slot = 1; slot < timeSlots; slot++) date += `-${path.slice(marks[2 * slot], marks[2 * slot + 1])}`
  return date
}

/** Whether a value holds `|` or a control character (C0, DEL, C1), and which comes first. */
function findIllegalUnit(path: string, start: number, end: number): 'separator' | 'control' | null {
  for (let at = start; at < end; at++) {
    const unit = path.charCodeAt(at)
    if (unit === PIPE) return 'separator'
    if (unit < 0x20 || (unit > 0x7e && unit < 0xa0)) return 'control'
  }
  return null
}
