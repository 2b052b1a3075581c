import { isReserved, NOT_PARTITIONED } from '../partition-id'
import { isRealDate } from '../periods'
import { createDateReader, createSpanReader } from './date-reader'
import { createMismatch, type Mismatch } from './mismatch'
import type { NativeProgram } from './native-program'
import type { PathPattern } from './path-pattern'
import type { PatternNode } from './pattern-nodes'
import { SPECIFIERS, specifiersOf } from './pattern-rules'

/** A path's partition, or why it has none. `values` follow the order of the dimension list. */
export type PathMatch =
  | { readonly ok: true; readonly id: string; readonly values: readonly string[] }
  | Mismatch

/** Makes partition values out of the places that a matcher captured. */
export interface MatchReader {
  /** How many slots there are. */
  readonly slots: number
  /** The slot of a specifier: 0 to 3 for Y, M, D, H, from 4 on for the discrete dimensions; -1 for other nodes. */
  slotOf(node: PatternNode): number
  /** Reads `offsets[2 * slot]` to `offsets[2 * slot + 1]` of the path for every slot of the pattern. */
  read(path: string, offsets: Int32Array): PathMatch
  /** Reads the groups of a native match, whose values are legal; `groups` by slot. */
  readGroups(found: RegExpExecArray, native: Pick<NativeProgram, 'groups' | 'date'>): PathMatch
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
  const dates = createDateReader(timeSlots)
  const readSpan = createSpanReader()
  const reserved = createMismatch('value-is-reserved', `%{${dimensions[0]?.name ?? ''}}`)
  const impossibleDate = createMismatch('impossible-date', null)

  return {
    slots: SPECIFIERS.length + dimensions.length,
    slotOf(node) {
      if (node.kind === 'time') return SPECIFIERS.indexOf(node.specifier)
      if (node.kind !== 'value') return -1
      return SPECIFIERS.length + dimensions.findIndex((dimension) => dimension.name === node.dimension)
    },
    read(path, offsets) {
      let date: string | null = ''
      if (timeSlots > 0) {
        date = dates.read(path, offsets)
        if (date === null) return impossibleDate
      }
      let id = ''
      for (let index = 0; index < slots.length; index++) {
        const slot = slots[index] as number
        let value = date
        if (slot >= 0) {
          const start = offsets[2 * slot] as number
          const end = offsets[2 * slot + 1] as number
          const refused = findIllegalUnit(path, start, end)
          if (refused !== null) return (refusals[index] as (typeof refusals)[number])[refused]
          value = path.slice(start, end)
        }
        id = index === 0 ? value : `${id}|${value}`
      }
      return slots.length === 0 ? unpartitioned : isReserved(id, dimensions) ? reserved : new Match(id)
    },
    readGroups(found, { groups, date: inOne }) {
      let date: string | null = ''
      if (timeSlots > 0) {
        date =
          inOne === null
            ? joinDate(found, groups, timeSlots)
            : readSpan(found[inOne.group] as string, inOne.span.fields)
      }
      if (date === null) return impossibleDate
      let id = ''
      for (let index = 0; index < slots.length; index++) {
        const slot = slots[index] as number
        const value = slot < 0 ? date : (found[groups[slot] as number] as string)
        id = index === 0 ? value : `${id}|${value}`
      }
      return slots.length === 0 ? unpartitioned : isReserved(id, dimensions) ? reserved : new Match(id)
    },
  }
}

/** The date of a native match whose fields stand apart, null if it does not exist. */
function joinDate(found: RegExpExecArray, groups: Int32Array, timeSlots: number): string | null {
  const year = found[groups[0] as number] as string
  const month = timeSlots < 2 ? '01' : (found[groups[1] as number] as string)
  const day = timeSlots < 3 ? '01' : (found[groups[2] as number] as string)
  const hour = timeSlots < 4 ? '00' : (found[groups[3] as number] as string)
  // All of them are two digits, so that their order is that of the numbers.
  const isSure = month >= '01' && month <= '12' && day >= '01' && day <= '28' && hour <= '23'
  if (!isSure && !isRealDate(Number(year), Number(month), Number(day), Number(hour))) return null
  if (timeSlots === 3) return `${year}-${month}-${day}`
  return timeSlots === 1 ? year : timeSlots === 2 ? `${year}-${month}` : `${year}-${month}-${day}-${hour}`
}

/** Values hold no `|`, so that the id alone says them; most callers never ask. */
class Match {
  readonly ok = true
  constructor(readonly id: string) {}
  get values(): readonly string[] {
    return this.id.split('|')
  }
}

const unpartitioned: PathMatch = { ok: true, id: NOT_PARTITIONED, values: [] }

/** Whether a value holds `|` or a control character (C0, DEL, C1), and which comes first. */
function findIllegalUnit(path: string, start: number, end: number): 'separator' | 'control' | null {
  for (let at = start; at < end; at++) {
    const unit = path.charCodeAt(at)
    if (unit === PIPE) return 'separator'
    if (unit < 0x20 || (unit > 0x7e && unit < 0xa0)) return 'control'
  }
  return null
}
