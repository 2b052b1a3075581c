import type { CsvParams } from '../../csv-params'
import type { FormatCandidate } from '../../detection'
import { separatorName } from '../csv-dialect'
import { csvRows } from '../csv-rows'
import type { TextSample } from '../text-sample'

interface Claim {
  first: FormatCandidate
  other: FormatCandidate
  texts: readonly TextSample[]
}

/** A kind of reason, and whether it is true of what it is said of. */
interface ReasonKind {
  says: RegExp
  isTrue(found: string[], claim: Claim): boolean
}

const KINDS: ReasonKind[] = [
  {
    says: /^It keeps each line whole/,
    isTrue: (_, { other }) => other.format.type === 'line',
  },
  {
    says: /^([\d,]+) of ([\d,]+) rows (?:has|have) another number of cells than ([\d,]+) when (.+) separates\.$/,
    isTrue: ([odd, all, width, name], claim) =>
      0 < count(odd) &&
      count(odd) < count(all) &&
      isSeparatedBy(claim, name) &&
      rowsOf(claim).some((row) => row.length !== count(width)) &&
      rowsOf(claim).some((row) => row.length === count(width)),
  },
  {
    says: /^Brackets open in one cell and close in another when (.+) separates\.$/,
    isTrue: ([name], claim) =>
      isSeparatedBy(claim, name) &&
      rowsOf(claim).some((row) => row.some((cell) => times(cell, /[([{<]/g) !== times(cell, /[)\]}>]/g))),
  },
  {
    says: /^The first (?:([\d,]+) rows are|row is) no part of the table when (.+) separates\.$/,
    isTrue: ([rows, name], claim) =>
      isSeparatedBy(claim, name) && csvParams(claim.other)?.skipRowsBeforeHeader === count(rows ?? '1'),
  },
  {
    says: /^Spaces stand between words too, and most of the ([\d,]+) columns/,
    isTrue: ([width], claim) => isSeparatedBy(claim, 'space') && hasWidth(claim, count(width)),
  },
  {
    says: /^Spaces stand between words too: that all rows have ([\d,]+) cells/,
    isTrue: ([width], claim) =>
      isSeparatedBy(claim, 'space') && rowsOf(claim).every((row) => row.length === count(width)),
  },
  {
    says: /^Colons stand between names and values too, and in clocks: (\d) cells/,
    isTrue: ([width], claim) =>
      isSeparatedBy(claim, 'colon') && count(width) < 5 && hasWidth(claim, count(width)),
  },
  {
    says: /^The comma stands inside of times/,
    isTrue: (_, claim) =>
      isSeparatedBy(claim, 'comma') && claim.texts.some(({ text }) => /:\d\d,\d{3}/.test(text)),
  },
  {
    says: /^Words and a space stand around the commas/,
    isTrue: (_, claim) =>
      isSeparatedBy(claim, 'comma') && claim.texts.some(({ text }) => /\S \S+, \S/.test(text)),
  },
  {
    says: /^The first cells are whole lines of a log when (.+) separates/,
    isTrue: ([name], claim) =>
      isSeparatedBy(claim, name) && rowsOf(claim).every(([cell = '']) => /\d\d:\d\d.*".*"/.test(cell)),
  },
  {
    says: /^One row with ([\d,]+) cells does not show that (.+) separates\.$/,
    isTrue: ([width, name], claim) =>
      isSeparatedBy(claim, name) && rowsOf(claim).length === 1 && hasWidth(claim, count(width)),
  },
  {
    says: /^One (.+) in each row may stand inside of a text: two cells are few\.$/,
    isTrue: ([name], claim) => isSeparatedBy(claim, name) && hasWidth(claim, 2),
  },
  {
    says: /^([\d,]+) of ([\d,]+) columns holds? nothing when (.+) separates\.$/,
    isTrue: ([empty, width, name], claim) =>
      isSeparatedBy(claim, name) &&
      Array.from({ length: count(width) }, (_, place) => place).filter((place) =>
        rowsOf(claim)
          .filter((row) => row.length === count(width))
          .every((row) => row[place] === ''),
      ).length === count(empty),
  },
  {
    says: /^Columns mix kinds of values more when (.+) separates than when (.+) does\.$/,
    isTrue: ([own, its], claim) =>
      isSeparatedBy(claim, own) && isSeparatedBy({ ...claim, other: claim.first }, its) && own !== its,
  },
  {
    says: /^As many (?:archived )?files are written otherwise than with (.+), the (?:newest|last) among them\.$/,
    isTrue: ([name], claim) =>
      isSeparatedBy(claim, name) &&
      (rowsOf({ ...claim, texts: claim.texts.slice(-1) }).every(({ length }) => length === 1) ||
        claim.first.format.type === 'json'),
  },
  {
    says: /^It gives (\d+) columns where (.+) gives (\d+)\.$/,
    isTrue: ([own, layout, more], { first, other }) =>
      other.columns.length === count(own) && first.columns.length === count(more) && first.layout === layout,
  },
  {
    says: /^(.+) is usually read as "(.+)", which keeps everything as it was written\.$/,
    isTrue: ([layout, label], { first, other }) =>
      first.layout === layout && other.layout === layout && first.label === label && label !== other.label,
  },
  {
    says: /^"(.+)" explains more: (.+)$/,
    isTrue: ([label, evidence = ''], { first, other }) => {
      const told = first.evidence[0] ?? ''
      return first.label === label && evidence.slice(1) === told.slice(1) && !other.evidence.includes(told)
    },
  },
  {
    says: /^Only ([\d,]+) of ([\d,]+) /,
    isTrue: ([some, all]) => count(some) < count(all),
  },
]

/** What is wrong with why a candidate lost: null for a sentence of a known kind that is true of it. */
export function judgeReason(claim: Claim): string | null {
  const reason = claim.other.lostBecause ?? ''
  const kind = KINDS.find(({ says }) => says.test(reason))
  if (kind === undefined) return `no known reason: "${reason}"`
  const [, ...found] = kind.says.exec(reason) ?? []
  return kind.isTrue(found, claim) ? null : `not true: "${reason}"`
}

const count = (text = '') => Number(text.replaceAll(',', ''))
const times = (text: string, what: RegExp) => text.match(what)?.length ?? 0

const csvParams = ({ format }: FormatCandidate): CsvParams | undefined =>
  format.type === 'csv' ? format.params : undefined

const isSeparatedBy = ({ other }: Pick<Claim, 'other'>, name: string | undefined): boolean =>
  separatorName(csvParams(other)?.separator ?? '') === name

function rowsOf({ other, texts }: Claim): string[][] {
  const params = csvParams(other)
  if (params === undefined) return []
  return texts
    .flatMap(({ text, whole }) => csvRows(text, params, whole).rows.slice(params.skipRowsBeforeHeader))
    .filter((row) => row.some((cell) => cell.trim() !== ''))
}

const hasWidth = (claim: Claim, width: number): boolean => rowsOf(claim).some((row) => row.length === width)
