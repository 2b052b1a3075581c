import { firstLines, type TextSample } from './text-sample'

const LOOKED_LINES = 60
const LEAST_LINES = 8
const LEAST_COLUMNS = 3
/** Longer expressions are refused. */
const MAX_WIDTH = 1_000

/**
 * Where the columns of text of fixed width begin, as programs print tables for people and hosts write their records: a place is
 * blank in all lines right before each. Undefined for other texts; cells of one width, such as times, may stand so by chance.
 */
export function findFixedWidth(samples: readonly TextSample[]): number[] | undefined {
  const lines = samples
    .flatMap(({ text }) => firstLines(text, LOOKED_LINES))
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
  if (lines.length < LEAST_LINES || lines.some((line) => line.length > MAX_WIDTH || line.includes('\t')))
    return undefined
  const starts = startsOf(lines)
  if (starts.length < LEAST_COLUMNS) return undefined
  const columns = starts.map((start, column) => lines.map((line) => cellOf(line, start, starts[column + 1])))
  const isTable = columns.every(isSteady) && columns.filter(isPadded).length >= 2
  return isTable && lines.some((line) => /\S {2,}\S/.test(line)) ? starts : undefined
}

interface Cell {
  text: string
  /** Where it begins and ends in its line. */
  from: number
  to: number
}

function cellOf(line: string, start: number, end: number | undefined): Cell {
  const text = line.slice(start, end)
  const from = start + text.length - text.trimStart().length
  return { text: text.trim(), from, to: start + text.trimEnd().length }
}

/** Whether most lines have a cell there, all of them begin or end at one place, and they are no parts of sentences. */
function isSteady(cells: readonly Cell[]): boolean {
  const filled = cells.filter(({ text }) => text !== '')
  const from = Math.min(...filled.map((cell) => cell.from))
  const to = Math.max(...filled.map((cell) => cell.to))
  const left = filled.filter((cell) => cell.from === from).length
  const right = filled.filter((cell) => cell.to === to).length
  const texts = filled.filter(({ text }) => text.includes(' ')).length
  // A name may stand otherwise than the numbers below it.
  return (
    filled.length >= cells.length * 0.6 &&
    Math.max(left, right) >= filled.length - 1 &&
    texts <= filled.length / 3
  )
}

const isPadded = (cells: readonly Cell[]): boolean => new Set(cells.map(({ text }) => text.length)).size > 1

function startsOf(lines: readonly string[]): number[] {
  const width = Math.max(...lines.map(({ length }) => length))
  const isBlank = Array.from({ length: width }, (_, at) => lines.every((line) => (line[at] ?? ' ') === ' '))
  return isBlank.flatMap((blank, at) => (!blank && (at === 0 || isBlank[at - 1]) ? [at] : []))
}

/** An expression that cuts lines at places: `(?<column_1>.{8})(?<column_2>.*)`. */
export function cutAt(starts: readonly number[]): string {
  return starts
    .map((start, column) => {
      const next = starts[column + 1]
      // The first takes what stands before it as well.
      const width = next === undefined ? undefined : next - (column === 0 ? 0 : start)
      return `(?<column_${column + 1}>${width === undefined ? '.*' : `.{0,${width}}`})`
    })
    .join('')
}
