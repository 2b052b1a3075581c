import type { DateOrder } from './date-order'
import { type FoundDate, findDate } from './suggest-dates'
import { doRecur, hiveKey } from './suggest-names'
import type { IsNumber } from './suggest-numbers'

/** Paths that are laid out alike: the same keys, and the date, if any, in the same place and form. */
export interface Shape {
  /** How many paths have it. */
  count: number
  /** The date of its first path; null where there is none. */
  date: FoundDate | null
  /** The names of each folder level before the date (all levels without one). */
  before: Set<string>[]
  /** What the names of one level of the date begin with. */
  prefixes: Set<string>
  /** The names of each folder level below the date, as deep as all paths go. */
  below: Set<string>[]
  /** Whether the date stands in the file's own name. */
  isOfFile: boolean
}

/** Azure's diagnostic logs lie fifteen folders deep. */
const MOST_DEPTH = 24
const MOST_SHAPES = 20
/** Beyond this many different names a level is known not to be few. */
const MOST_NAMES = 2_000

/** Groups paths such as `/design/2026/11/22/a.gz` by their shape, the most frequent ones first. */
export function groupShapes(
  paths: readonly string[],
  order: DateOrder | null = null,
  isNumber: IsNumber = () => false,
): Shape[] {
  const shapes = new Map<string, Shape>()
  for (const path of paths) {
    const names = path.split('/').slice(1)
    const date = findDate(names.slice(0, MOST_DEPTH + 1), order, isNumber)
    const folders = names.slice(0, -1)
    const before = date === null ? folders.slice(0, MOST_DEPTH) : folders.slice(0, date.at)
    const isOfFile = date !== null && date.at + date.form.levels.length === names.length
    const below =
      date === null || date.goesOn ? [] : folders.slice(date.at + date.form.levels.length, MOST_DEPTH)
    const key = JSON.stringify([
      before.map((folder) => hiveKey(folder) ?? ''),
      date?.form.levels.map(({ source }) => source) ?? null,
      date?.goesOn ?? false,
      isOfFile,
    ])
    const shape = shapes.get(key)
    if (shape === undefined) shapes.set(key, createShape(date, before, below, isOfFile))
    else addPath(shape, date, before, below)
  }
  return [...shapes.values()].sort((a, b) => b.count - a.count).slice(0, MOST_SHAPES)
}

const createShape = (
  date: FoundDate | null,
  before: string[],
  below: string[],
  isOfFile: boolean,
): Shape => ({
  count: 1,
  date,
  before: before.map((name) => new Set([name])),
  prefixes: new Set([date?.prefix ?? '']),
  below: below.map((name) => new Set([name])),
  isOfFile,
})

/** Keys of what is finer than any period. */
const MINUTES = new Set(['m', 'mi', 'min', 'minute', 'minutes'])

function addPath(shape: Shape, date: FoundDate | null, before: string[], below: string[]): void {
  shape.count++
  shape.before.forEach((names, level) => {
    addName(names, before[level])
  })
  addName(shape.prefixes, date?.prefix)
  if (below.length < shape.below.length) shape.below.length = below.length
  shape.below.forEach((names, level) => {
    addName(names, below[level])
  })
}

function addName(names: Set<string>, name: string | undefined): void {
  if (name !== undefined && names.size < MOST_NAMES) names.add(name)
}

/** How many levels below the date tell more: `region=eu` in all paths, or few names that recur. */
export function levelsBelow({ below, count }: Shape): number {
  const tells = (names: Set<string>) => {
    const keys = new Set([...names].map(hiveKey))
    const [key] = keys
    if (keys.size !== 1 || key === undefined || key === null) return doRecur(names, count)
    return !(MINUTES.has(key.toLowerCase()) && [...names].every((name) => /=\d{2}$/.test(name)))
  }
  const ends = below.findIndex((names) => !tells(names))
  return ends === -1 ? below.length : ends
}
