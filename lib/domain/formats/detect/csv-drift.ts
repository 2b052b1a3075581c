import { formatCount, formatQuantity } from '../../format'
import type { CsvParams } from '../csv-params'
import { plausibleDialects, plausibleSeparators, separatorName } from './csv-dialect'
import type { HeaderFinding } from './csv-header'
import { type CsvLook, lookAtCsv } from './csv-layout'
import { describeNames } from './describe-names'
import type { Proposal } from './proposal'
import { firstLines, type TextSample } from './text-sample'

/** A file that another separator takes apart, or that is no table. */
interface Stranger {
  path: string
  /** `"is separated by comma"`. */
  is: string
}

/** What a separator explains, and the files that are tables by another one. */
export interface FoundLook extends CsvLook {
  strangers: Stranger[]
}

const LOOKED_LINES = 60

/** Looks at the samples without those that hold no cell by `separator`, and are tables by another one. */
export function setStrangersApart(
  samples: readonly TextSample[],
  separator: string,
  look: (samples: readonly TextSample[]) => CsvLook | undefined,
): FoundLook | undefined {
  const strangers = samples.map((sample) => findStranger(sample, separator))
  const own = samples.filter((_, index) => strangers[index] === undefined)
  const found = own.length > 0 ? look(own) : undefined
  return found && { ...found, strangers: strangers.filter((stranger) => stranger !== undefined) }
}

/** Left of the confidence in a separator of older files where as many newer ones have another. */
const OUTDATED = 0.6

/**
 * Leaves files of which as many are written in one way as in another to the newest one, the last of the samples: further files
 * will be like it.
 */
export function leaveToNewest(
  proposal: Proposal<CsvParams>,
  { tables, strangers, dialect, noun }: FoundLook,
  samples: readonly TextSample[],
): Proposal<CsvParams> {
  const isOutdated =
    strangers.length === tables.length && strangers.some(({ path }) => path === samples.at(-1)?.path)
  if (!isOutdated) return proposal
  // Those of one archive are in its order, which says nothing of their ages.
  const last = samples.at(-1)?.isArchived ? 'the last' : 'the newest'
  const weakness = `As many ${noun}s are written otherwise than with ${separatorName(dialect.separator)}, ${last} among them.`
  return { ...proposal, confidence: proposal.confidence * OUTDATED, weakness }
}

function findStranger(sample: TextSample, separator: string): Stranger | undefined {
  const lines = firstLines(sample.text, LOOKED_LINES).filter((line) => line !== '')
  if (lines.length < 2) return undefined
  // Commas and colons separate the values of objects as well.
  if (lines.every((line) => line.startsWith('{') && line.endsWith('}')))
    return { path: sample.path, is: 'holds JSON' }
  if (lines.filter((line) => line.includes(separator)).length > lines.length * 0.1) return undefined
  const other = plausibleSeparators(lines).find((char) => {
    const [dialect] = plausibleDialects(lines, char)
    const look = dialect && lookAtCsv([sample], dialect)
    return look !== undefined && look.width > 2 && look.fitting === look.all && look.faults === 0
  })
  return other === undefined
    ? undefined
    : { path: sample.path, is: `is separated by ${separatorName(other)}` }
}

/** In what the files differ from each other; empty where they do not. */
export function describeDrift(look: FoundLook, { headers }: HeaderFinding): string[] {
  return [...sayWidths(look), ...describeNames(headers, look.noun), ...sayStrangers(look), ...sayTorn(look)]
}

function sayWidths({ tables, noun }: FoundLook): string[] {
  const files = tables.filter(({ rows }) => rows.length > 0)
  const counts = [...Map.groupBy(files, ({ width }) => width)].sort((a, b) => b[1].length - a[1].length)
  const [first, ...others] = counts
  if (first === undefined || others.length === 0) return []
  const rest = others.map(([width, of]) => `${formatCount(of.length)} ${hasOrHave(of)} ${formatCount(width)}`)
  const most = formatQuantity(first[1].length, noun)
  return [`${most} ${hasOrHave(first[1])} ${formatQuantity(first[0], 'column')}, ${rest.join(', ')}.`]
}

const hasOrHave = ({ length }: readonly unknown[]) => (length === 1 ? 'has' : 'have')

function sayStrangers({ strangers }: FoundLook): string[] {
  return strangers.map(({ path, is }) => `${path} ${is} and would not be read rightly.`)
}

function sayTorn({ tables }: FoundLook): string[] {
  return tables.flatMap(({ path, isTorn }) => (isTorn ? [`${path} ends within a row.`] : []))
}
