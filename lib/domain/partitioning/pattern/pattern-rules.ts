import type { Issue } from '../../result'
import { type Dimension, findTimeDimension } from '../dimensions'
import { PERIOD_LABELS, PERIODS, type Period } from '../periods'
import {
  collectSpecifiers,
  type SequenceNode,
  SPECIFIER_DIGITS,
  specifierText,
  type TimeNode,
  type TimeSpecifier,
  type ValueNode,
} from './pattern-nodes'

/** Coarse to fine, parallel to `PERIODS`. */
export const SPECIFIERS = ['Y', 'M', 'D', 'H'] as const satisfies readonly TimeSpecifier[]

/** The specifiers that a period needs: `['Y', 'M', 'D']` for DAY. */
export function specifiersOf(period: Period): readonly TimeSpecifier[] {
  return SPECIFIERS.slice(0, PERIODS.indexOf(period) + 1)
}

/** Specifiers that stand twice, in a pattern whose dimensions may not be declared yet. */
export function findDuplicates(root: SequenceNode): Issue[] {
  const seen = new Map<string, TimeNode | ValueNode>()
  return collectSpecifiers(root).flatMap((node) => {
    const text = specifierText(node)
    const earlier = seen.get(text)
    seen.set(text, earlier ?? node)
    if (earlier === undefined) return []
    const message = `${text} stands twice, at characters ${earlier.start + 1} and ${node.start + 1}: keep one.`
    return [{ reason: 'duplicate-specifier', message, start: node.start, end: node.end }]
  })
}

/** Time specifiers without the coarser ones that give them meaning: `%D` where no `%M` stands. */
export function findTimeGaps(root: SequenceNode): Issue[] {
  const present = collectTimes(root)
  const finest = SPECIFIERS.findLast((specifier) => present.some((node) => node.specifier === specifier))
  const period = finest === undefined ? undefined : PERIODS[SPECIFIERS.indexOf(finest)]
  return period === undefined ? [] : findMissingSpecifiers(present, period, `%${finest} needs`)
}

/** Where pattern and declared dimensions disagree: unknown, missing, or finer than the period. */
export function findDimensionMismatches(root: SequenceNode, dimensions: readonly Dimension[]): Issue[] {
  const nodes = collectSpecifiers(root)
  const time = findTimeDimension(dimensions)
  const issues = nodes.flatMap((node) => findUndeclared(node, dimensions, time?.params.period ?? null))
  for (const dimension of dimensions) {
    if (
      dimension.type === 'time' ||
      nodes.some((node) => node.kind === 'value' && node.dimension === dimension.name)
    )
      continue
    const text = `%{${dimension.name}}`
    issues.push({
      reason: 'missing-dimension',
      message: `${text} is missing: put it where the path holds the ${dimension.name}.`,
      start: root.end,
      end: root.end,
    })
  }
  if (time === null) return issues
  const period = time.params.period
  return [
    ...issues,
    ...findMissingSpecifiers(collectTimes(root), period, `Period ${PERIOD_LABELS[period]} needs`),
  ]
}

function findUndeclared(
  node: TimeNode | ValueNode,
  dimensions: readonly Dimension[],
  period: Period | null,
): Issue[] {
  const text = specifierText(node)
  const issue = (reason: string, message: string): Issue[] => [
    { reason, message, start: node.start, end: node.end },
  ]
  if (node.kind === 'value') {
    const found = dimensions.find((dimension) => dimension.name === node.dimension)
    if (found === undefined)
      return issue(
        'unknown-dimension',
        `There is no dimension “${node.dimension}”: add it, or correct ${text}.`,
      )
    return found.type === 'value'
      ? []
      : issue(
          'time-dimension-as-value',
          `“${found.name}” is the time dimension: write ${specifiersOf(found.params.period)
            .map((name) => `%${name}`)
            .join(', ')} instead of ${text}.`,
        )
  }
  if (period === null) return issue('no-time-dimension', `${text} needs a time dimension: add one.`)
  if (specifiersOf(period).includes(node.specifier)) return []
  const finer = PERIOD_LABELS[PERIODS[SPECIFIERS.indexOf(node.specifier)] ?? 'HOUR']
  return issue(
    'specifier-too-fine',
    `${text} is finer than the period ${PERIOD_LABELS[period]}: set Period to ${finer}, or write [0-9]{${SPECIFIER_DIGITS[node.specifier]}} for digits that make no partition.`,
  )
}

function findMissingSpecifiers(present: readonly TimeNode[], period: Period, needs: string): Issue[] {
  const wanted = specifiersOf(period)
  const list = wanted.map((specifier) => `%${specifier}`)
  const sentence = list.length === 1 ? list[0] : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`
  return wanted
    .filter((specifier) => !present.some((node) => node.specifier === specifier))
    .map((missing) => {
      const before = present.findLast(
        (node) => SPECIFIERS.indexOf(node.specifier) < SPECIFIERS.indexOf(missing),
      )
      const after = present.find((node) => SPECIFIERS.indexOf(node.specifier) > SPECIFIERS.indexOf(missing))
      const at = before?.end ?? after?.start ?? 0
      const place =
        before !== undefined && after !== undefined
          ? `; after %${before.specifier}, at character ${before.end + 1}, comes %${after.specifier}`
          : ''
      return {
        reason: 'missing-specifier',
        message: `%${missing} is missing. ${needs} ${sentence}${place}.`,
        start: at,
        end: at,
      }
    })
}

/** Habits that make a pattern match nothing, or less than meant; they warn and do not forbid. */
export function findWarnings(text: string): Issue[] {
  const warnings: Issue[] = []
  if (!/^\^?\/|^\^?\.\*|^$/.test(text)) {
    warnings.push({
      reason: 'no-leading-slash',
      message: 'Paths begin with /: start the pattern with it, or it matches nothing.',
      start: 0,
      end: 1,
    })
  }
  if (text !== '' && !/\.\*\$?$/.test(text)) {
    warnings.push({
      reason: 'no-trailing-wildcard',
      message: 'The whole path has to match: end the pattern with .* to take every file below.',
      start: text.length,
      end: text.length,
    })
  }
  return warnings
}

const collectTimes = (root: SequenceNode) => collectSpecifiers(root).filter((node) => node.kind === 'time')
