/** Where an escape ends that is longer than two characters: `\p{Greek}`, `\x{1F600}`; `\Q…\E` is taken character by character. */
const LONG_ESCAPE = /\\[pPx]\{[^}]*\}|\\x[0-9A-Fa-f]{2}/y
const COUNT = /\{(\d+)(?:,(\d*))?\}/y
/** Counts above it are refused by the engine. */
const MAX_COUNT = 1_000

/**
 * About how large the program of an expression will be, told by its text, since making one of millions of steps takes seconds:
 * a counted repetition stands for as many copies of what it repeats.
 * @example estimateProgramSize('(ab){100}c') // some 200
 */
export function estimateProgramSize(source: string): number {
  const open: number[] = []
  let [total, last] = [0, 0]
  for (let at = 0; at < source.length; ) {
    const character = source.charAt(at)
    const count = character === '{' ? matchAt(COUNT, source, at) : null
    if (count !== null) {
      const most = Math.min(MAX_COUNT, Number(count[2] || count[1]) + (count[2] === '' ? 1 : 0))
      total += last * (Math.max(1, most) - 1)
      last *= Math.max(1, most)
      at += count[0].length
      continue
    }
    if (character === '(') {
      open.push(total)
      total = 0
    } else if (character === ')') {
      last = total + 1
      total = last + (open.pop() ?? 0)
    } else {
      last = 1
      total++
    }
    at = character === '\\' ? endOfEscape(source, at) : character === '[' ? endOfClass(source, at) : at + 1
  }
  // Of groups that are left open the engine says so itself.
  return open.reduce((sum, size) => sum + size, total)
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at
  return expression.exec(text)
}

const endOfEscape = (source: string, at: number): number =>
  at + (matchAt(LONG_ESCAPE, source, at)?.[0].length ?? 2)

/** Behind the `]` of a class; a `]` at its very begin belongs to it. */
function endOfClass(source: string, start: number): number {
  let at = start + 1
  if (source[at] === '^') at++
  if (source[at] === ']') at++
  while (at < source.length && source[at] !== ']') {
    if (source.startsWith('[:', at)) at = Math.max(at + 1, source.indexOf(':]', at) + 1)
    else at += source[at] === '\\' ? 2 : 1
  }
  return at + 1
}
