import type { Anatomy, AnatomyGroup, AnatomySegment } from './anatomy'
import { type Dimension, findTimeDimension } from './dimensions'
import type { PathPart } from './path-parts'
import { escapeForPattern, type PatternReading } from './pattern/path-pattern'
import { SPECIFIERS } from './pattern/pattern-rules'
import { PERIOD_LABELS, PERIODS, type Period } from './periods'
import { findDate } from './suggest/suggest-dates'
import { describeLevel, freeName, hiveKey } from './suggest/suggest-names'
import type { PartitioningWire } from './wire'

/** A partitioning as a choice makes it. */
export interface PartitioningChange {
  dimensions: PartitioningWire['dimensions']
  filePathPattern: string
}

/** One thing that a part of the example path can be made: the words of its menu, and what the partitioning becomes. */
export interface PartChoice {
  label: string
  change: PartitioningChange
}

interface Taken {
  reading: PatternReading
  anatomy: Anatomy
  dimensions: readonly Dimension[]
}

/** Where a part stands: its group, the name it is in, and the place of that name in the group. */
interface Place extends Taken {
  groupAt: number
  group: AnatomyGroup
  at: number
  segment: AnatomySegment
  part: PathPart
}

/**
 * What the part of an example path that begins at `start` can be made: a part of the date, a discrete dimension, or what
 * it was before: any name, or always the same.
 */
export function listPartChoices(taken: Taken, start: number): PartChoice[] {
  const place = findPlace(taken, start)
  if (place === null) return []
  const { group } = place
  if (group.kind === 'value' || group.kind === 'time') return turnBack(place)
  const time = findTimeDimension(taken.dimensions)
  const fixed = group.kind === 'fixed' && place.part.text.length === group.text.length
  return [
    ...(time === null ? asDate(place) : asFinerDate(place, time.params.period)),
    asValue(place),
    ...(fixed ? [keep(place, 'Any name here', '[^/]+', taken.dimensions)] : []),
  ]
}

function findPlace(taken: Taken, start: number): Place | null {
  for (const [groupAt, group] of taken.anatomy.groups.entries()) {
    for (const [at, segment] of group.segments.entries()) {
      const part = segment.parts.find((one) => one.start === start && !one.isJoint)
      if (part !== undefined) return { ...taken, groupAt, group, at, segment, part }
    }
  }
  return null
}

function turnBack(place: Place): PartChoice[] {
  const { group, dimensions } = place
  const others = dimensions.filter((dimension) =>
    group.kind === 'time' ? dimension.type !== 'time' : dimension.name !== group.dimension,
  )
  const any =
    group.kind === 'time'
      ? group.source.replace(/%([YMDH])/g, (_, letter) => `[0-9]{${letter === 'Y' ? 4 : 2}}`)
      : '[^/]+'
  const what = group.kind === 'time' ? 'No date: any digits' : 'No dimension: any name'
  return [
    keep(place, what, any, others),
    keep(place, `No dimension: always ${group.text}`, escapeForPattern(group.text), others),
  ]
}

/** The pattern with another text for the group; all else stays. */
function keep(place: Place, label: string, text: string, dimensions: readonly Dimension[]): PartChoice {
  const sources = place.anatomy.groups.map(({ source }) => source)
  sources[place.groupAt] = text
  return {
    label,
    change: { filePathPattern: sources.join(''), dimensions: dimensions.map((one) => ({ ...one })) },
  }
}

function asValue(place: Place): PartChoice {
  const { part, segment, dimensions } = place
  const key = part.start > segment.start ? hiveKey(segment.text) : null
  const next = [...dimensions]
  // The key, or what a region is called; otherwise `dimension`.
  const named = describeLevel(new Set([key === null ? part.text : segment.text]), 1, next, undefined)
  const name = next.length > dimensions.length ? next.at(-1)?.name : undefined
  const written = name ?? freeName('dimension', dimensions)
  const all: Dimension[] = name === undefined ? [...dimensions, { name: written, type: 'value' }] : next
  const text = key !== null && name !== undefined ? named.slice(named.lastIndexOf('%{')) : `%{${written}}`
  const label = name === undefined ? 'Discrete dimension' : `Dimension ${written}`
  return keep(place, label, rewriteValue(place, text), all)
}

function asDate(place: Place): PartChoice[] {
  const { part, segment, group, at, dimensions } = place
  const isWhole = part.start === segment.start && part.end === segment.end
  const below = isWhole || hiveKey(segment.text) !== null ? group.segments.slice(at + 1) : []
  const names = below.map(({ text }) => text)
  const whole = hiveKey(segment.text) === null ? null : findDate([segment.text, ...names, ''])
  const keyed = whole?.at === 0 && !whole.goesOn && whole.prefix === '' ? whole : null
  const found = keyed ?? findDate([part.text, ...names, ''])
  if (found === null || found.at !== 0 || found.prefix !== '' || found.goesOn) return asYear(place)
  const { finest, levels } = found.form
  const period = finest === 'HOUR' ? 'DAY' : finest
  const used = levels.filter(({ coarsest }) => coarsest <= PERIODS.indexOf(period))
  const isCut = used.at(-1)?.isCut(period) ?? false
  const texts = used.map((level) => level.write(period))
  const from = keyed === null ? place : { ...place, part: { ...part, start: segment.start } }
  return [dated(place, period, rewrite(from, texts, isCut), dimensions)]
}

/** A year alone, where what stands below it is a date of its own. */
function asYear(place: Place): PartChoice[] {
  if (!/^(?:19|20)\d\d$/.test(place.part.text)) return []
  return [dated(place, 'YEAR', rewrite(place, ['%Y'], false), place.dimensions)]
}

function dated(place: Place, period: Period, text: string, dimensions: readonly Dimension[]): PartChoice {
  const time: Dimension = { name: freeName('date', dimensions), type: 'time', params: { period } }
  return keep(place, `Date, by ${PERIOD_LABELS[period].toLowerCase()}`, text, [...dimensions, time])
}

/** Two digits where there is a date already: its next finer field. */
function asFinerDate(place: Place, now: Period): PartChoice[] {
  const index = PERIODS.indexOf(now) + 1
  const period = PERIODS[index]
  const look = [/^/, /^(?:0[1-9]|1[0-2])$/, /^(?:0[1-9]|[12]\d|3[01])$/, /^(?:[01]\d|2[0-3])$/][index]
  if (period === undefined || look === undefined || !look.test(place.part.text)) return []
  const dimensions = place.dimensions.map(
    (one): Dimension => (one.type === 'time' ? { ...one, params: { period } } : one),
  )
  const text = rewrite(place, [`%${SPECIFIERS[index]}`], false)
  return [keep(place, `Part of the date, by ${PERIOD_LABELS[period].toLowerCase()}`, text, dimensions)]
}

/**
 * A group in which a part is replaced, and the names after it with more than one text. What stood free before the part
 * may be anything; what was always the same stays.
 */
function rewrite(place: Place, texts: string[], goesOn: boolean): string {
  const { group, anatomy, at, segment, part } = place
  const isFree = group.kind !== 'fixed'
  const before = segment.text.slice(0, part.start - segment.start)
  const after = segment.text.slice(part.end - segment.start)
  const [first = '', ...more] = texts
  const last = at + texts.length >= group.segments.length
  const toTheEnd = isFree && group === anatomy.groups.at(-1)
  const inName = goesOn || (texts.length === 1 && after !== '')
  const tail = () => {
    if (!isFree) return (goesOn ? '[^/]*' : '') + escapeForPattern(after)
    if (toTheEnd && inName) return '.*'
    return (inName ? '[^/]*' : '') + (last ? '' : '/.*')
  }
  return writeNamesBefore(place) + [writeBefore(before, isFree) + first, ...more].join('/') + tail()
}

function writeNamesBefore({ group, at }: Place): string {
  const names = group.segments
    .slice(0, at)
    .map(({ text }) => (group.kind === 'fixed' ? `${escapeForPattern(text)}/` : '[^/]+/'))
  return (group.text.startsWith('/') ? '/' : '') + names.join('')
}

/**
 * A group in which a part becomes a value. It takes as much as it can, so that what stands free around it in its name is
 * bounded by joints, which stand as often in each such name: `%{dimension}_[^/_]*_[^/_]*` for `batch_20261128_1.log`.
 */
function rewriteValue(place: Place, text: string): string {
  const { group, at, segment, part } = place
  const before = segment.text.slice(0, part.start - segment.start)
  const after = segment.text.slice(part.end - segment.start)
  const [from, to] = [/[-_.]$/.exec(before)?.[0], /^[-_.]/.exec(after)?.[0]]
  if (group.kind === 'fixed' || (from === undefined && to === undefined)) return rewrite(place, [text], false)
  const lead =
    from === undefined ? writeBefore(before, true) : repeatFor(before, from, `${anyBut(from)}${from}`)
  const tail = to === undefined ? after && '[^/]*' : repeatFor(after, to, `${to}${anyBut(to)}`)
  const below = at + 1 < group.segments.length ? '/.*' : ''
  return `${writeNamesBefore(place)}${lead}${text}${tail}${below}`
}

const anyBut = (joint: string) => (joint === '-' ? '[^/-]*' : `[^/${joint}]*`)

/** The text as often as the joint stands, with the joint's `.` as itself. */
const repeatFor = (name: string, joint: string, text: string) =>
  (joint === '.' ? text.replace(/\.(?!\])/, '\\.') : text).repeat(name.split(joint).length - 1)

function writeBefore(before: string, isFree: boolean): string {
  if (before === '') return ''
  if (!isFree || before.endsWith('=')) return escapeForPattern(before)
  const joint = /[-_.]$/.exec(before)?.[0] ?? ''
  return `[^/]*${escapeForPattern(joint)}`
}
