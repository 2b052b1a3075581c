import type { Span } from './pattern/pattern-nodes'
import { findDate } from './suggest/suggest-dates'

/** A part of a folder's or a file's name; joints stand between the parts that mean something. */
export interface PathPart extends Span {
  text: string
  isJoint: boolean
}

const MOST_PARTS = 40

/**
 * Takes a name that begins at `start` of its path apart: `region=eu` into `region=` and `eu`, `app-2026-11-22.log` into
 * `app`, `-`, `2026-11-22`, `.` and `log`. Folders without a date stay whole, as `eu-west-1` does. The parts cover it
 * without gaps.
 */
export function splitSegment(text: string, start: number, isFile: boolean): PathPart[] {
  const key = /^[^=]+=(?=.)/s.exec(text)?.[0]
  if (key !== undefined) {
    const rest = text.slice(key.length)
    return [part(key, start, true), part(rest, start + key.length, false)]
  }
  const date = findDate([text])
  if (date === null) return isFile ? splitWords(text, start) : [wholeSegment(text, start)]
  const from = date.prefix.length
  const end = from + wholeFields(date.text, text.slice(from + date.text.length)).length
  return [
    ...splitWords(date.prefix, start),
    part(text.slice(from, end), start + from, false),
    ...splitTime(text.slice(end), start + end),
  ]
}

/** A date without its hour where minutes follow that, so that `20261128T0000Z` is not cut amid its time. */
const wholeFields = (date: string, rest: string): string =>
  /^\d/.test(rest) ? date.replace(/[-_.T]?\d\d$/, '') : date

/** What follows a date: the `T` before a time is a joint. */
function splitTime(text: string, start: number): PathPart[] {
  const isTime = /^T\d/.test(text)
  return [
    ...(isTime ? [part('T', start, true)] : []),
    ...splitWords(text.slice(isTime ? 1 : 0), start + (isTime ? 1 : 0)),
  ]
}

/** A name as the one part that it is. */
export const wholeSegment = (text: string, start: number): PathPart => part(text, start, false)

function splitWords(text: string, start: number): PathPart[] {
  const parts = [...text.matchAll(/[-_.]+|[^-_.]+/g)].map((found) =>
    part(found[0], start + found.index, /^[-_.]/.test(found[0])),
  )
  // A name of very many words is one to look at, not to choose words of.
  return parts.length > MOST_PARTS ? [part(text, start, false)] : parts
}

const part = (text: string, start: number, isJoint: boolean): PathPart => ({
  text,
  isJoint,
  start,
  end: start + text.length,
})
