import { fail, type Issue, ok, type Result } from '../result'
import type { Dimension } from './dimensions'
import { PERIOD_FORMATS, PERIOD_LABELS, parsePeriod } from './periods'

/** The identifier of the one partition of a dataset that is not partitioned. */
export const NOT_PARTITIONED = 'NP'
/** The identifier that stands for the whole dataset, partitioned or not. */
export const WHOLE = 'ALL'

export type PartitionId = { kind: 'whole' } | { kind: 'partition'; values: readonly string[] }

/**
 * Writes a partition's identifier, values in the order of the dimension list: `"design|2026-11-22"`, or `"NP"`
 * without dimensions. An identifier is its values as they are, without escapes: one partition, one spelling.
 */
export function formatPartitionId(
  values: readonly string[],
  dimensions: readonly Dimension[],
): Result<string> {
  if (values.length !== dimensions.length) return fail(countIssue(values.length, dimensions))
  const issues = dimensions.flatMap(
    (dimension, index) => findValueProblem(values[index] ?? '', dimension) ?? [],
  )
  if (isReserved(values.join('|'), dimensions))
    issues.push({
      reason: 'value-is-reserved',
      message: `${values.join('|')} is no partition here: it stands for the whole dataset.`,
    })
  if (issues.length > 0) return fail(...issues)
  return ok(dimensions.length === 0 ? NOT_PARTITIONED : values.join('|'))
}

/** Parses an identifier of a dataset with these dimensions; issues carry the offsets of the value they are about. */
export function parsePartitionId(text: string, dimensions: readonly Dimension[]): Result<PartitionId> {
  if (meansWhole(text)) return ok({ kind: 'whole' })
  if (dimensions.length === 0)
    return fail({
      reason: 'not-partitioned',
      message: `This dataset is not partitioned: its only partition is ${NOT_PARTITIONED}.`,
      start: 0,
      end: text.length,
    })
  const values = text.split('|')
  if (values.length !== dimensions.length)
    return fail({ ...countIssue(values.length, dimensions), start: 0, end: text.length })
  let start = 0
  const issues: Issue[] = []
  dimensions.forEach((dimension, index) => {
    const value = values[index] ?? ''
    const problem = findValueProblem(value, dimension)
    if (problem !== null) issues.push({ ...problem, start, end: start + value.length })
    start += value.length + 1
  })
  return issues.length === 0 ? ok({ kind: 'partition', values }) : fail(...issues)
}

/** Whether a text names the dataset as a whole, partitioned or not: clients write it in either way. */
export const meansWhole = (id: string): boolean => id === WHOLE || id === NOT_PARTITIONED

/** Whether the id of one value would be a name of the whole dataset; among several values it cannot. */
export const isReserved = (id: string, dimensions: readonly Dimension[]): boolean =>
  dimensions.length === 1 && meansWhole(id)

/** What keeps a text from being a value of a dimension, or null. */
export function findValueProblem(value: string, dimension: Dimension): Issue | null {
  const { name } = dimension
  if (dimension.type === 'time') {
    const { period } = dimension.params
    if (parsePeriod(value, period) !== null) return null
    return {
      reason: 'bad-period',
      message: `“${value}” is no partition of ${name} by ${PERIOD_LABELS[period].toLowerCase()}: write ${PERIOD_FORMATS[period]}, a date that exists.`,
    }
  }
  if (value === '') return { reason: 'empty-value', message: `The value of ${name} is empty.` }
  if (value.includes('|'))
    return {
      reason: 'value-has-separator',
      message: `The value of ${name} holds |, which separates the values of a partition id.`,
    }
  if (/\p{Cc}/u.test(value))
    return {
      reason: 'value-has-control-character',
      message: `The value of ${name} holds a control character.`,
    }
  return null
}

/** What is said of an identifier with too few or too many values. */
export function countIssue(found: number, dimensions: readonly Dimension[]): Issue {
  const names = dimensions.map(({ name }) => name).join('|')
  if (dimensions.length === 0)
    return {
      reason: 'not-partitioned',
      message: `This dataset is not partitioned: its only partition is ${NOT_PARTITIONED}.`,
    }
  const values = dimensions.length === 1 ? 'one value' : `${dimensions.length} values`
  return { reason: 'wrong-count', message: `A partition here has ${values}, ${names}; this has ${found}.` }
}
