import type { Anatomy, AnatomyGroup } from '#lib/domain/partitioning/anatomy'
import type { Dimension } from '#lib/domain/partitioning/dimensions'
import { escapeForPattern, type PatternReading } from '#lib/domain/partitioning/path-pattern'
import type { Period } from '#lib/domain/partitioning/periods'
import type { PartitioningWire } from '#lib/domain/partitioning/wire'

type Change = Pick<PartitioningWire, 'dimensions' | 'filePathPattern'>

interface Place {
  reading: PatternReading
  anatomy: Anatomy
  dimensions: readonly Dimension[]
  /** Where the chosen part of the path begins. */
  start: number
}

/** Folders of a date, coarse to fine, and the period that the deepest one gives. */
const DATE_FOLDERS: readonly { look: RegExp; specifier: string; period: Period }[] = [
  { look: /^(19|20)\d\d$/, specifier: '%Y', period: 'YEAR' },
  { look: /^(0[1-9]|1[0-2])$/, specifier: '%M', period: 'MONTH' },
  { look: /^(0[1-9]|[12]\d|3[01])$/, specifier: '%D', period: 'DAY' },
]
const WHOLE_DAY = /^(19|20)\d\d-\d\d-\d\d$/

/**
 * The partitioning in which one part of the example path is a dimension of its own: a date where it looks like one and
 * there is no time dimension yet, a discrete value otherwise. Null where the rest of the pattern cannot be kept.
 */
export function makeSegmentDimension({ reading, anatomy, dimensions, start }: Place): Change | null {
  const chosenAt = anatomy.groups.findIndex(({ segments }) => segments.some((one) => one.start === start))
  const chosen = anatomy.groups[chosenAt]
  if (!chosen || chosen.kind === 'value' || chosen.kind === 'time') return null
  const before = anatomy.groups.slice(0, chosenAt).map((group) => writeGroup(group, reading))
  const after = anatomy.groups.slice(chosenAt + 1).map((group) => writeGroup(group, reading))
  if ([...before, ...after].includes(null)) return null
  const hasTime = dimensions.some(({ type }) => type === 'time')
  const written = writeChosen(chosen, start, dimensions, hasTime)
  const pattern = [...before, written.text, ...after].join('')
  const all = [...dimensions, written.dimension]
  return { filePathPattern: pattern, dimensions: all.map((dimension) => ({ ...dimension })) }
}

/** A group that stays, as it stands in the pattern; null for a date that the pattern takes apart. */
function writeGroup(group: AnatomyGroup, reading: PatternReading): string | null {
  if (group.kind === 'separator') return '/'
  if (group.kind === 'fixed') return escapeForPattern(group.text)
  if (group.kind === 'value') return `%{${group.dimension}}`
  if (group.kind === 'time') return sourceOfTime(reading)
  return '.*'
}

/** The stretch of the pattern from its first to its last time specifier; null with a dimension inside. */
function sourceOfTime({ text, tokens }: PatternReading): string | null {
  const first = tokens.findIndex(({ kind }) => kind === 'time')
  const last = tokens.findLastIndex(({ kind }) => kind === 'time')
  const inside = tokens.slice(first, last + 1)
  const [from, to] = [inside[0], inside.at(-1)]
  if (!from || !to || inside.some(({ kind }) => kind === 'value')) return null
  return text.slice(from.start, to.end)
}

interface Written {
  text: string
  dimension: Dimension
}

function writeChosen(
  group: AnatomyGroup,
  start: number,
  dimensions: readonly Dimension[],
  hasTime: boolean,
): Written {
  const { segments, kind } = group
  const index = segments.findIndex((one) => one.start === start)
  // What stood free before the chosen folder may be anything; a folder that is always the same is alone in its group.
  const before = segments.slice(0, index).map(() => '[^/]+')
  const leading = group.text.startsWith('/') ? '/' : ''
  const date = hasTime ? null : writeDate(segments.slice(index).map(({ text }) => text))
  const specifiers = date?.specifiers ?? [`%{${freeName('dimension', dimensions)}}`]
  const isOpen = kind === 'rest' || kind === 'unreached'
  const ends = index + specifiers.length >= segments.length
  const text = leading + [...before, ...specifiers, ...(isOpen && !ends ? ['.*'] : [])].join('/')
  return { text, dimension: date ? timeDimension(dimensions, date.period) : valueDimension(dimensions) }
}

function writeDate(folders: readonly string[]): { specifiers: string[]; period: Period } | null {
  if (WHOLE_DAY.test(folders[0] ?? '')) return { specifiers: ['%Y-%M-%D'], period: 'DAY' }
  const specifiers: string[] = []
  let period: Period | null = null
  for (const [index, folder] of DATE_FOLDERS.entries()) {
    if (!folder.look.test(folders[index] ?? '')) break
    specifiers.push(folder.specifier)
    period = folder.period
  }
  return period ? { specifiers, period } : null
}

const timeDimension = (dimensions: readonly Dimension[], period: Period): Dimension => ({
  name: freeName('date', dimensions),
  type: 'time',
  params: { period },
})

const valueDimension = (dimensions: readonly Dimension[]): Dimension => ({
  name: freeName('dimension', dimensions),
  type: 'value',
})

function freeName(wish: string, dimensions: readonly Dimension[]): string {
  const taken = new Set(dimensions.map(({ name }) => name.toLowerCase()))
  let name = wish
  for (let count = 2; taken.has(name); count++) name = `${wish}_${count}`
  return name
}
