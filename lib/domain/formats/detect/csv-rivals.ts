import type { CsvParams } from '../csv-params'
import { isName, kindOfCell } from './cell-kind'
import { separatorName } from './csv-dialect'
import { isUsualName } from './csv-header'
import type { CsvLook } from './csv-layout'
import type { Proposal } from './proposal'

type CsvProposal = Proposal<CsvParams>

/** A way to read the samples, with what its separator makes of them. */
export interface Rival {
  look: CsvLook
  proposal: CsvProposal
}

/** Separators whose tables are this close explain the same rows: then their places in the rows decide. */
const CLOSE = 0.03
/** Left of the confidence in the one that the places speak against, and in both where they say nothing. */
const SPOKEN_AGAINST = 0.75
const UNDECIDED = 0.85
/** Clues up to this rank are worth a sentence where the separator is told without them. */
const TELLING_RANK = 2
/** A separator that hardly any table speaks for is no rival. */
const WORTH_NAMING = 0.4
/** Rows of each file that are looked at. */
const LOOKED_ROWS = 60
const NEARLY_ALL = 0.9

/**
 * Decides between the two best separators where both explain the rows equally well, and says by what; where one explains more,
 * says what else speaks for it.
 */
export function settleRivals(rivals: readonly Rival[]): CsvProposal[] {
  const [first, second, ...others] = rivals.toSorted(byConfidence)
  if (first === undefined) return []
  const rest = others.map(({ proposal }) => proposal)
  if (second === undefined) return [first.proposal]
  const forFirst = first.look.width === second.look.width ? findClue(first.look, second.look) : undefined
  if (!areClose(first, second)) {
    const isTold =
      forFirst !== undefined && forFirst.rank <= TELLING_RANK && second.proposal.confidence >= WORTH_NAMING
    return [
      isTold ? confirmed(first.proposal, forFirst.told) : first.proposal,
      outdone(second, first),
      ...rest,
    ]
  }
  const forSecond = findClue(second.look, first.look)
  const [winner, clue] =
    forFirst !== undefined && (forSecond === undefined || forFirst.rank <= forSecond.rank)
      ? [first, forFirst]
      : [second, forSecond]
  if (clue === undefined) return [undecided(first, second), undecided(second, first), ...rest]
  const loser = winner === first ? second : first
  return [confirmed(winner.proposal, clue.told), doubted(loser.proposal, clue.told), ...rest]
}

const byConfidence = (a: Rival, b: Rival) => b.proposal.confidence - a.proposal.confidence

function areClose(first: Rival, second: Rival): boolean {
  const isWhole = ({ look }: Rival) => look.all > 0 && look.fitting === look.all && look.faults === 0
  return (
    first.look.width === second.look.width &&
    isWhole(first) &&
    isWhole(second) &&
    first.proposal.confidence - second.proposal.confidence < CLOSE
  )
}

const confirmed = (proposal: CsvProposal, told: string): CsvProposal => ({
  ...proposal,
  evidence: [...proposal.evidence, told],
})

const doubted = (proposal: CsvProposal, told: string): CsvProposal => ({
  ...proposal,
  confidence: proposal.confidence * SPOKEN_AGAINST,
  // More telling than what speaks against it by itself.
  weakness: told,
})

/** Where nothing speaks against a separator by itself, its columns may say less than those of the other. */
function outdone({ look, proposal }: Rival, { look: other, proposal: { label } }: Rival): CsvProposal {
  if (proposal.weakness !== null || look.coherence >= other.coherence) return proposal
  const [own, its] = [separatorName(look.dialect.separator), separatorName(other.dialect.separator)]
  return {
    ...proposal,
    weakness: `Columns mix kinds of values more when ${own} separates than when ${its} does.`,
    weakBeside: label,
  }
}

function undecided({ proposal, look }: Rival, { look: other }: Rival): CsvProposal {
  const [own, its] = [separatorName(look.dialect.separator), separatorName(other.dialect.separator)]
  const told = `Each row has as many of ${own} as of ${its}, and nothing in them says which one separates.`
  return { ...proposal, confidence: proposal.confidence * UNDECIDED, evidence: [...proposal.evidence, told] }
}

/** What speaks for a separator against another; the lower the rank, the more it says. */
interface Clue {
  rank: number
  told: string
}

/** Looks for what the other separator is inside of this one's cells, and for which of both the header is made. */
function findClue(look: CsvLook, other: CsvLook): Clue | undefined {
  const mark = other.dialect.separator
  const [own, its] = [separatorName(look.dialect.separator), separatorName(mark)]
  const firsts = look.tables.flatMap(({ rows: [row] }) => (row ? [row] : []))
  const below = look.tables.flatMap(({ rows }) => rows.slice(rows.length > 1 ? 1 : 0, LOOKED_ROWS))
  const holding = below.filter((row) => row.some((cell) => cell.includes(mark)))
  const number = numberWith(mark, holding)
  if (number !== undefined)
    return { rank: 1, told: `The ${its} stands inside of numbers, such as ${number}: ${own} separates.` }
  if (holding.length > 0 && firsts.length > 0 && firsts.every((row) => isHeader(row, mark)))
    return { rank: 2, told: `The first row has no ${its}, only the rows below it: ${own} separates.` }
  const isFollowed = (char: string) => (row: readonly string[]) => row.join('\n').includes(`${char} `)
  const spaced = holding.filter(isFollowed(mark)).length
  const startsSpaced = below.filter((row) => row.slice(1).some((cell) => cell.startsWith(' '))).length
  if (holding.length > 0 && spaced >= holding.length * NEARLY_ALL && startsSpaced === 0)
    return { rank: 3, told: `A space follows the ${its}, as in texts, and not the ${own}: ${own} separates.` }
  const names = usualNames(look)
  if (names.length > usualNames(other).length)
    return {
      rank: 4,
      told: `Separated by ${own}, the first row has ${names.join(' and ')} as ${names.length === 1 ? 'a name' : 'names'}: ${own} separates.`,
    }
  return undefined
}

/** A number with the mark in it, where nearly all rows with the mark have such; undefined otherwise. */
function numberWith(mark: string, rows: readonly (readonly string[])[]): string | undefined {
  const isNumber = (cell: string) => cell.includes(mark) && kindOfCell(cell) === 'number'
  const numbered = rows.filter((row) => row.some(isNumber))
  if (rows.length === 0 || numbered.length < rows.length * NEARLY_ALL) return undefined
  return numbered[0]?.find(isNumber)?.trim()
}

const isHeader = (row: readonly string[], mark: string): boolean =>
  row.length > 1 && row.every((cell) => !cell.includes(mark) && isName(cell))

/** Cells of first rows that are names as tables have them. */
const usualNames = ({ tables }: CsvLook): string[] => [
  ...new Set(tables.flatMap(({ rows: [row = []] }) => row.filter(isUsualName))),
]
