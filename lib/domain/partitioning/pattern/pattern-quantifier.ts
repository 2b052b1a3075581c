import type { Issue } from '../../result'

/** Engines unroll counted repetitions, so their count bounds the size of the machine. */
export const MAX_REPEAT = 1000

interface Quantifier {
  min: number
  max: number
  lazy: boolean
  end: number
  issue: Issue | null
}

/** Reads `*`, `+`, `?`, `{n}`, `{n,}` or `{n,m}`, and a lazy `?` after it; null if none stands at `start`. */
export function readQuantifier(text: string, start: number): Quantifier | null {
  const bounds = readBounds(text, start)
  if (bounds === null) return null
  const lazy = text[bounds.end] === '?'
  const end = lazy ? bounds.end + 1 : bounds.end
  return { min: bounds.min, max: bounds.max, lazy, ...judge(text, start, end, bounds) }
}

function readBounds(text: string, start: number): { min: number; max: number; end: number } | null {
  switch (text[start]) {
    case '*':
      return { min: 0, max: Number.POSITIVE_INFINITY, end: start + 1 }
    case '+':
      return { min: 1, max: Number.POSITIVE_INFINITY, end: start + 1 }
    case '?':
      return { min: 0, max: 1, end: start + 1 }
    case '{': {
      const found = /^\{(\d{1,6})(?:(,)(\d{0,6}))?\}/.exec(text.slice(start, start + 16))
      if (found === null) return null
      const min = Number(found[1])
      const max = found[2] === undefined ? min : found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3])
      return { min, max, end: start + found[0].length }
    }
    default:
      return null
  }
}

function judge(
  text: string,
  start: number,
  end: number,
  { min, max }: { min: number; max: number },
): { end: number; issue: Issue | null } {
  const issue = (reason: string, message: string, until = end) => ({
    end: until,
    issue: {
      reason,
      message: `“${text.slice(start, until)}” at character ${start + 1} ${message}`,
      start,
      end: until,
    },
  })
  const second = readBounds(text, end)
  if (second !== null) {
    return issue('unsupported-syntax', 'repeats a repetition: use one quantifier, or a group.', second.end)
  }
  if (min > max) return issue('bad-repeat', `asks for at least ${min} and at most ${max}.`)
  if (min > MAX_REPEAT || (Number.isFinite(max) && max > MAX_REPEAT)) {
    return issue('repeat-too-large', `counts too far: repetitions may count to ${MAX_REPEAT}.`)
  }
  return { end, issue: null }
}
