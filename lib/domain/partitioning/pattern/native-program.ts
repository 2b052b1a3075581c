import { type DateSpan, findDateSpan } from './date-span'
import type { DirectProgram } from './direct-program'
import { isFixed, isUnambiguous, type Step } from './direct-steps'
import type { UnitSet } from './unit-set'

/** A regular expression of the platform for the paths that most listings are made of. */
export interface NativeProgram {
  /** A match is what the direct program would find; no match says nothing. */
  expression: RegExp
  /** The group of each slot, or 0; fields of a date that stands in one piece have none. */
  groups: Int32Array
  /** The group of a date that stands in one piece: to read one text costs less than to read three. */
  date: { group: number; span: DateSpan } | null
  /** Where the head ends in the path of a match; null if it holds a run that is not captured. */
  headEndOf: ((found: RegExpExecArray) => number) | null
}

/**
 * The platform's own engine is the fastest, and it backtracks. It is given only programs where backtracking finds
 * nothing to do, and which are therefore linear: in the head each run must be followed by the end or by something
 * that cannot begin with the run's characters, so that a shorter run fails at the next character; pieces after a
 * `.*` have a fixed length, so that each place is tried in constant time; and a second `.*` must be the last thing,
 * where it never fails. Values with characters that no partition id holds are left unmatched here, for the direct
 * program to name.
 */
export function compileNativeProgram({ head, gaps }: DirectProgram, slots: number): NativeProgram | null {
  const last = gaps.at(-1)
  if (gaps.length > 2 || (gaps.length === 2 && (last?.block.length !== 0 || last.min > 0))) return null
  if (!isUnambiguous(head, 'forward', gaps.length === 0) || !gaps.every(({ block }) => block.every(isFixed)))
    return null
  const groups = new Int32Array(slots)
  let date: NativeProgram['date'] = null
  let group = 0
  const write = (steps: readonly Step[]) => {
    const span = findDateSpan(steps, [head, ...gaps.map(({ block }) => block)])
    return steps.map((step, index) => {
      if (span === null || index < span.first || index > span.last) {
        if (step.slot < 0) return writeStep(step)
        groups[step.slot] = ++group
        return `(${writeStep(step)})`
      }
      if (index === span.first) date = { group: ++group, span }
      return `${index === span.first ? '(' : ''}${writeStep(step)}${index === span.last ? ')' : ''}`
    })
  }
  const start = write(head)
  const rest = gaps.map(({ min, block }) => {
    // What ends the pattern takes whatever is left: there is no need to look at it.
    if (min === 0 && block.length === 0) return ''
    return [min === 0 ? '.*' : '.+', ...write(block.toReversed())].join('')
  })
  const end = last?.min === 0 && last.block.length === 0 ? '' : '$'
  return {
    expression: new RegExp(`^${start.join('')}${rest.join('')}${end}`, 's'),
    groups,
    date,
    headEndOf: createMeasure(head, groups),
  }
}

/** A head's length is that of its fixed pieces and of what its values captured, sparing the capture of the head. */
function createMeasure(head: readonly Step[], groups: Int32Array): NativeProgram['headEndOf'] {
  if (head.some((step) => !isFixed(step) && step.slot < 0)) return null
  const fixedLength = head.reduce((sum, step) => sum + (isFixed(step) ? step.min : 0), 0)
  const values = head.flatMap((step) => (isFixed(step) ? [] : [groups[step.slot] ?? 0]))
  return (found) => {
    let end = fixedLength
    for (let index = 0; index < values.length; index++) end += found[values[index] as number]?.length ?? 0
    return end
  }
}

function writeStep({ literal, units, min, max, node }: Step): string {
  if (literal !== null) return literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  if (node.kind === 'value') return '[^/|\\x00-\\x1f\\x7f-\\x9f]+'
  return `${writeUnits(units)}{${min},${max === Number.POSITIVE_INFINITY ? '' : max}}`
}

function writeUnits({ ascii, beyond }: UnitSet): string {
  const members = [...ascii].flatMap((taken, unit) =>
    taken === 1 ? [`\\x${unit.toString(16).padStart(2, '0')}`] : [],
  )
  return `[${members.join('')}${beyond ? '\\u0080-\\uffff' : ''}]`
}
