import type { Issue } from '../result'
import type { Period } from './periods'

/** A discrete dimension: its values are what a folder or a part of a name says. */
export interface ValueDimension {
  name: string
  type: 'value'
}

/** The time dimension; a dataset has at most one. */
export interface TimeDimension {
  name: string
  type: 'time'
  params: { period: Period }
}

export type Dimension = ValueDimension | TimeDimension

const NAME = /^[A-Za-z0-9_-]{1,100}$/

/** `_partition`, `_file` and `_record` are columns of every dataset and a dimension adds the column `_<name>`. */
const RESERVED = new Set(['partition', 'file', 'record'])

/** What is wrong with a dimension's name, as one sentence, or null. */
export function findNameProblem(name: string): { reason: string; message: string } | null {
  if (name === '') return { reason: 'dimension-name-empty', message: 'A dimension needs a name.' }
  if (!NAME.test(name)) {
    return {
      reason: 'dimension-name-illegal',
      message: `“${name}” cannot be a dimension’s name: use 1 to 100 letters, digits, _ and -.`,
    }
  }
  if (RESERVED.has(name.toLowerCase())) {
    return {
      reason: 'dimension-name-reserved',
      message: `“${name}” cannot be a dimension’s name: the column _${name} already exists.`,
    }
  }
  return null
}

/** Everything wrong with a dimension list; paths lead to the field, as in `[1, "name"]`. */
export function findDimensionIssues(dimensions: readonly Dimension[]): Issue[] {
  const issues: Issue[] = []
  const seen = new Set<string>()
  let timeDimension: string | null = null
  dimensions.forEach((dimension, index) => {
    const problem = findNameProblem(dimension.name)
    if (problem !== null) issues.push({ ...problem, path: [index, 'name'] })
    const folded = dimension.name.toLowerCase()
    if (folded !== '' && seen.has(folded)) {
      issues.push({
        reason: 'duplicate-dimension-name',
        message: `Two dimensions are called “${dimension.name}”: rename one.`,
        path: [index, 'name'],
      })
    }
    seen.add(folded)
    if (dimension.type !== 'time') return
    if (timeDimension !== null) {
      issues.push({
        reason: 'two-time-dimensions',
        message: `There can only be one time dimension: “${timeDimension}” is one already.`,
        path: [index],
      })
    }
    timeDimension ??= dimension.name
  })
  return issues
}

/** The time dimension of a list, if it has one. */
export function findTimeDimension(dimensions: readonly Dimension[]): TimeDimension | null {
  return dimensions.find((dimension) => dimension.type === 'time') ?? null
}
