import type { Dimension } from './dimensions'
import { findNameProblem } from './dimensions'
import { compileMatcher } from './matcher'
import { escapeForPattern, type PathPattern, parsePathPattern } from './path-pattern'
import { PERIODS, type Period } from './periods'
import { type DateForm, findDateForm } from './suggest-dates'

/** A partitioning proposed from real paths. */
export interface Suggestion {
  filePathPattern: string
  dimensions: Dimension[]
  /** How many of the given paths it matches. */
  matched: number
  total: number
}

interface SuggestOptions {
  /** The name of the first discrete dimension, where the caller knows what the folders are. */
  valueName?: string
}

/** The kinds of Dataiku nodes: folders named after them, and nothing else, are called `node_type`. */
const NODE_TYPES = new Set(['design', 'automation', 'api', 'deployer', 'govern'])
const MAX_SHAPES = 20
const MAX_VALUES = 4

interface Shape {
  /** Folder names before the date, of every path of this shape. */
  folders: string[][]
  form: DateForm
}

/**
 * Proposes partitionings for paths such as `/design/2026/11/22/14/a.gz`: the ones that match most first, and by
 * day before other periods. Every proposal matches at least one of the paths; none where no dates are found.
 */
export function suggestPartitioning(paths: readonly string[], options: SuggestOptions = {}): Suggestion[] {
  const suggestions = new Map<string, Suggestion>()
  for (const shape of [...groupShapes(paths).values()].slice(0, MAX_SHAPES)) {
    for (const period of periodsOf(shape.form)) {
      const pattern = buildPattern(shape, period, options)
      const key = pattern === null ? '' : `${pattern.text} ${period}`
      if (pattern === null || suggestions.has(key)) continue
      const matcher = compileMatcher(pattern)
      const matched = paths.reduce((count, path) => count + (matcher.match(path).ok ? 1 : 0), 0)
      if (matched === 0) continue
      suggestions.set(key, {
        filePathPattern: pattern.text,
        dimensions: [...pattern.dimensions],
        matched,
        total: paths.length,
      })
    }
  }
  // The sort is stable: equals keep the order of shapes, and of periods within one.
  return [...suggestions.values()].sort((a, b) => b.matched - a.matched)
}

function groupShapes(paths: readonly string[]): Map<string, Shape> {
  const shapes = new Map<string, Shape>()
  for (const path of paths) {
    const folders = path.split('/').slice(1, -1)
    const found = findDateForm(folders)
    if (found === null || found.at > MAX_VALUES) continue
    const before = folders.slice(0, found.at)
    const key = JSON.stringify([
      before.map((folder) => hiveKey(folder) ?? ''),
      found.form.levels.map(({ source }) => source),
    ])
    const shape = shapes.get(key)
    if (shape === undefined) shapes.set(key, { folders: [before], form: found.form })
    else shape.folders.push(before)
  }
  return shapes
}

/** Day first: it is what people partition by. */
function periodsOf({ finest }: DateForm): Period[] {
  const possible = PERIODS.slice(0, PERIODS.indexOf(finest) + 1)
  return [
    ...(possible.includes('DAY') ? (['DAY'] as const) : []),
    ...possible.filter((period) => period !== 'DAY').reverse(),
  ]
}

function buildPattern(
  { folders, form }: Shape,
  period: Period,
  { valueName }: SuggestOptions,
): PathPattern | null {
  const dimensions: Dimension[] = []
  const depth = folders[0]?.length ?? 0
  let text = ''
  for (let level = 0; level < depth; level++) {
    const names = new Set(folders.map((path) => path[level] ?? ''))
    const hint = dimensions.length === 0 ? valueName : undefined
    text += `/${describeLevel(names, dimensions, hint)}`
  }
  const finest = PERIODS.indexOf(period)
  const levels = form.levels.filter((level) => level.coarsest <= finest)
  text += levels.map((level) => `/${level.write(period)}`).join('')
  dimensions.push({ name: freeName('date', dimensions), type: 'time', params: { period } })
  // A level such as 2026-11-22 by month goes on within its folder's name.
  const parsed = parsePathPattern(`${text}${levels.at(-1)?.isCut(period) ? '.*' : '/.*'}`, dimensions)
  return parsed.ok ? parsed.value : null
}

/** A level before the date: a dimension if its folders differ or tell what they are, otherwise its name as it is. */
function describeLevel(
  names: ReadonlySet<string>,
  dimensions: Dimension[],
  hint: string | undefined,
): string {
  const [first = ''] = names
  const key = hiveKey(first)
  const isNodeType = [...names].every((name) => NODE_TYPES.has(name))
  if (names.size === 1 && key === null && !isNodeType && hint === undefined) return escapeForPattern(first)
  const wanted =
    hint ??
    (key !== null && findNameProblem(key) === null
      ? key
      : isNodeType
        ? 'node_type'
        : `dim_${dimensions.length + 1}`)
  const name = freeName(wanted, dimensions)
  dimensions.push({ name, type: 'value' })
  return `${key === null ? '' : `${escapeForPattern(key)}=`}%{${name}}`
}

/** The key of a folder named `key=value`, or null. */
function hiveKey(folder: string): string | null {
  return /^([^=]+)=.+$/s.exec(folder)?.[1] ?? null
}

function freeName(wanted: string, dimensions: readonly Dimension[]): string {
  const isTaken = (name: string) =>
    dimensions.some((dimension) => dimension.name.toLowerCase() === name.toLowerCase())
  let name = wanted
  for (let count = 2; isTaken(name); count++) name = `${wanted}_${count}`
  return name
}
