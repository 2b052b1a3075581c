import type { DateOrders } from './date-order'
import { type FoundDate, findDate } from './suggest-dates'
import { doRecur, hiveKey, isPartOfYear } from './suggest-names'
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
  /** Whether that is the name of the folder before it in all paths: `web/web-2026-11-22.log`. */
  areRepeated: boolean
  /** The names of each folder that stands between the levels of the date. */
  between: Set<string>[]
  /** The names of each folder level below the date, as deep as all paths go. */
  below: Set<string>[]
  /** Whether the date stands in the file's own name. */
  isOfFile: boolean
}

/** Azure's diagnostic logs lie fifteen folders deep. */
const MOST_DEPTH = 24
/** What is read of a path: its folders, the name behind them, and one more, which tells that names go on. */
const MOST_NAMES = MOST_DEPTH + 2
const MOST_SHAPES = 20

/** Groups paths such as `/design/2026/11/22/a.gz` by their shape, the most frequent ones first. */
export function groupShapes(
  paths: readonly string[],
  orders: DateOrders = { names: null, folders: null },
  isNumber: IsNumber = () => false,
): Shape[] {
  const shapes = new Map<string, Shape>()
  for (const path of paths) {
    const names = path.split('/', MOST_NAMES + 1).slice(1)
    const date = findDate(names.slice(0, MOST_DEPTH + 1), orders, isNumber)
    const folders = names.slice(0, -1)
    const before = date === null ? folders.slice(0, MOST_DEPTH) : folders.slice(0, date.at)
    const isOfFile = date !== null && date.at + date.form.levels.length === names.length
    const below =
      date === null || date.goesOn ? [] : folders.slice(date.at + date.form.levels.length, MOST_DEPTH)
    const between = date === null ? [] : listBetween(names, date)
    const key = JSON.stringify([
      before.map((folder) => hiveKey(folder) ?? ''),
      date?.form.levels.map(({ source }) => source) ?? null,
      date?.goesOn ?? false,
      isOfFile,
    ])
    const shape = shapes.get(key) ?? createShape({ date, before, between, below }, isOfFile)
    shapes.set(key, shape)
    addPath(shape, { date, before, between, below })
  }
  return [...shapes.values()].sort((a, b) => b.count - a.count).slice(0, MOST_SHAPES)
}

/** A path's date, and the folders around it. */
interface Found {
  date: FoundDate | null
  before: string[]
  between: string[]
  below: string[]
}

/** The folders that stand between the levels of a date. */
const listBetween = (names: readonly string[], { at, form }: FoundDate): string[] =>
  form.levels.flatMap(({ isBetween }, index) => (isBetween ? [names[at + index] ?? ''] : []))

const createShape = ({ date, before, between, below }: Found, isOfFile: boolean): Shape => ({
  count: 0,
  date,
  before: before.map(() => new Set()),
  prefixes: new Set(),
  areRepeated: true,
  between: between.map(() => new Set()),
  below: below.map(() => new Set()),
  isOfFile,
})

/** Keys of what is finer than any period. */
const MINUTES = new Set(['m', 'mi', 'min', 'minute', 'minutes'])

function addPath(shape: Shape, { date, before, between, below }: Found): void {
  const prefix = date?.prefix ?? ''
  shape.count++
  addName(shape.prefixes, prefix)
  shape.areRepeated &&= prefix.replace(/[-_.]$/, '') === before.at(-1)
  if (below.length < shape.below.length) shape.below.length = below.length
  addNames(shape.before, before)
  addNames(shape.between, between)
  addNames(shape.below, below)
}

function addNames(levels: readonly Set<string>[], names: readonly string[]): void {
  for (const [level, known] of levels.entries()) addName(known, names[level])
}

function addName(names: Set<string>, name: string | undefined): void {
  if (name !== undefined) names.add(name)
}

/** How many levels below the date tell more: `region=eu` in all paths, or few names that recur. */
export function levelsBelow({ below, count }: Shape): number {
  const tells = (names: Set<string>) => {
    const keys = new Set([...names].map(hiveKey))
    const [key] = keys
    if (keys.size !== 1 || key === undefined || key === null)
      return doRecur(names, count) || isPartOfYear(names)
    return !(MINUTES.has(key.toLowerCase()) && [...names].every((name) => /=\d{2}$/.test(name)))
  }
  const ends = below.findIndex((names) => !tells(names))
  return ends === -1 ? below.length : ends
}
