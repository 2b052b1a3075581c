import { type CellKind, isName, kindOfCell, kindOfColumn } from './cell-kind'
import type { CsvLook } from './csv-layout'
import { someOf } from './proposal'

/** Whether the first row names the columns, with what says so. */
export interface HeaderFinding {
  hasHeader: boolean
  /** The rows that name columns, one for each file that begins with such. */
  headers: readonly (readonly string[])[]
  /** Votes for a header minus those against; far from 0 is sure. */
  votes: number
  evidence: string
}

/** How the tables of files begin. */
interface Beginnings {
  noun: string
  /** The rows below could be names as well. */
  looksAlike: boolean
  /** There is no row below the first of any file. */
  isAlone: boolean
  /** Files that begin with the very same row, and those that begin with names. */
  alike: number
  named: number
  /** Paths of the files that do not. */
  unnamed: readonly string[]
}

const LOOKED_ROWS = 60
const USUAL_NAMES = new Set(
  (
    'id name date time timestamp user username email status type country city price amount value total count key ' +
    'code description title url host ip message level category product quantity first_name last_name phone address ' +
    'datum betrag menge kunde preis nom prénom ville prix montant'
  ).split(' '),
)

/** Whether a cell is a name that many tables have. */
export const isUsualName = (cell: string): boolean => USUAL_NAMES.has(cell.trim().toLowerCase())

/**
 * Decides by the contrast between the first row and the others of each column, and by files that begin alike. A second row of
 * units says nothing of the columns' values.
 */
export function findHeader(
  { tables, width, noun }: Pick<CsvLook, 'tables' | 'width' | 'noun'>,
  hasUnits = false,
): HeaderFinding {
  const filled = tables.filter(({ rows }) => rows.length > 0)
  const firsts = filled.map(({ rows }) => rows[0] ?? [])
  const first = mostShared(firsts)
  if (first.length === 0)
    return { hasHeader: false, headers: [], votes: 0, evidence: 'There is no row to take names from.' }
  const isSame = (row: readonly string[]) => row.join('\u0000') === first.join('\u0000')
  const named = firsts.filter((row) => isSame(row) || isKin(row, first))
  // Where a file has its columns in another order, its cells say nothing of the first row's columns.
  const others = filled
    .filter(({ rows: [row = []] }) => isSame(row) || !named.includes(row))
    .flatMap(({ rows }) => rows.slice(hasUnits ? 2 : 1, LOOKED_ROWS))
    .filter((row) => row.length === first.length || row.length === width)
  const alike = firsts.filter(isSame).length
  let votes = 0
  for (const [column, cell] of first.entries()) {
    votes += voteOf(
      cell,
      others.map((row) => row[column] ?? ''),
    )
  }
  const looksAlike = isWrittenLike(first, others)
  votes += wholeRowVotes(first, width, looksAlike)
  if (firsts.length > 1)
    votes += alike === firsts.length ? 2 * width : filesVote(named.length, firsts.length) * width
  const hasHeader = votes > 0
  return {
    hasHeader,
    headers: hasHeader ? named : [],
    votes: votes / width,
    evidence: describe(first, hasHeader, {
      noun,
      looksAlike,
      isAlone: others.length === 0 && filled.every(({ rows }) => rows.length === 1),
      alike,
      named: named.length,
      unnamed: filled.flatMap(({ path, rows: [row = []] }) => (named.includes(row) ? [] : [path])),
    }),
  }
}

/** Names that most files begin with speak for a header, a row that no other file begins with against one. */
function filesVote(named: number, files: number): number {
  if (named === 1) return -2
  return named > files / 2 ? 1 : 0
}

/** The first row that most files have, exactly or nearly; the newest file's of several. */
function mostShared(firsts: readonly (readonly string[])[]): readonly string[] {
  let best: readonly string[] = []
  let most = 0
  const counts = Map.groupBy(firsts, (row) => row.join('\u0000'))
  for (const rows of counts.values()) {
    const [row = []] = rows
    const kin = firsts.filter((other) => isKin(row, other)).length
    const shared = rows.length + kin / (firsts.length + 1)
    if (shared >= most && row.length > 0) [best, most] = [row, shared]
  }
  return best
}

/** Two headers of one kind of file: names throughout, most of them the same in any order. */
function isKin(row: readonly string[], other: readonly string[]): boolean {
  if (!row.every(isFilledName) || !other.every(isFilledName)) return false
  const names = new Set(other)
  const same = row.filter((name) => names.has(name)).length
  return same >= 2 && same >= Math.max(row.length, other.length) / 2
}

const isFilledName = (cell: string) => cell.trim() !== '' && isName(cell)

function describe(
  first: readonly string[],
  hasHeader: boolean,
  { noun, looksAlike, isAlone, alike, named, unnamed }: Beginnings,
): string {
  const files = named + unnamed.length
  if (!hasHeader && isAlone) return 'There is no other row to tell names from data by; it is taken for data.'
  if (!hasHeader)
    return files > 1
      ? 'The tables begin with data: no row names the columns.'
      : 'The first row of the table is data like the rows below it: no row names the columns.'
  if (unnamed.length > 0) {
    const [is, row] = unnamed.length === 1 ? ['begins', 'row'] : ['begin', 'rows']
    return `${named} of ${files} ${noun}s begin with a row of names. ${someOf(unnamed)} ${is} with data instead, whose first ${row} would be read as names.`
  }
  if (files > 1 && alike < files) return `All ${files} ${noun}s begin with a row of names.`
  if (files > 1) return `All ${files} ${noun}s begin with the same row, which names the columns.`
  if (isAlone) return 'The one row holds names, and there is none below it.'
  if (looksAlike)
    return 'The first row of the table is taken for names, although the rows below it are written alike.'
  return first.every(isName)
    ? 'The first row of the table holds names, unlike those below it.'
    : 'The first row of the table differs from those below it and is taken for names.'
}

/** What one column says: a name over numbers speaks for a header, a number over numbers against one. */
function voteOf(cell: string, below: readonly string[]): number {
  const kind = kindOfCell(cell)
  const usual: CellKind = below.length === 0 ? 'empty' : kindOfColumn(below)
  if (kind === 'empty') return usual === 'empty' ? 0 : -0.5
  if (usual !== 'text' && usual !== 'empty') {
    // Years over numbers that are none name the columns of a time series.
    if (kind === usual) return !isYear(cell) ? -1.5 : below.some(isYear) ? 0 : 0.75
    return isName(cell) ? 1.5 : 0
  }
  if (kind !== 'text') return -1
  if (below.includes(cell)) return -1
  let votes = isUsualName(cell) ? 1 : 0
  if (!isName(cell)) votes -= 0.5
  return votes + lengthVote(cell, below)
}

/** Codes of one length below a name of another. */
function lengthVote(cell: string, below: readonly string[]): number {
  const filled = below.filter((other) => other !== '')
  if (filled.length < 3) return 0
  const length = filled[0]?.length
  return filled.every((other) => other.length === length) ? (cell.length === length ? -0.3 : 1) : 0
}

/** What the first row as a whole says: names are different from each other and often written alike. */
function wholeRowVotes(first: readonly string[], width: number, looksAlike: boolean): number {
  const names = first.map((cell) => cell.trim())
  if (new Set(names).size < names.length || !names.every(isName)) return -0.5
  // Rows that are written like the first one take from it what its writing would say.
  if (looksAlike) return -0.1
  return waysOfWriting(names).length > 0 ? 0.4 * width : 0.1
}

/** How programs and people write names. */
const WRITINGS = [
  /^[a-z][a-z0-9]*(?:[_.-][a-z0-9]+)*$/,
  /^[A-Z][A-Z0-9_]*$/,
  /^[a-z]+(?:[A-Z][a-z0-9]*)*$/,
  /^[A-Z][a-zA-Z0-9]*(?:[ _][A-Za-z0-9]+)*$/,
]
const waysOfWriting = (row: readonly string[]) =>
  WRITINGS.filter((writing) => row.every((cell) => writing.test(cell.trim())))

/** Whether nearly all rows below are written as the first one is, so that it stands out by nothing. */
function isWrittenLike(first: readonly string[], others: readonly (readonly string[])[]): boolean {
  const ways = waysOfWriting(first)
  if (ways.length === 0 || others.length === 0) return false
  const like = others.filter((row) => ways.some((writing) => row.every((cell) => writing.test(cell.trim()))))
  return like.length >= others.length * 0.8
}

const isYear = (cell: string) => /^(?:19|20)\d\d$/.test(cell.trim())
