import type { Issue } from '../../result'

/** How many characters open the group at `start`, and what is wrong with them: only `(` and `(?:` are supported. */
export function readGroupOpening(text: string, start: number): { length: number; issue: Issue | null } {
  const opening = text.slice(start, start + 4)
  const refuse = (reason: string, length: number, message: string) => ({
    length,
    issue: { reason, message, start, end: start + length },
  })
  if (!opening.startsWith('(?')) return { length: 1, issue: null }
  if (opening.startsWith('(?:')) return { length: 3, issue: null }
  const lookaround = /^\(\?<?[=!]/.exec(opening)?.[0]
  if (lookaround !== undefined) {
    const message = `Lookaround (${lookaround}…) at character ${start + 1} is not supported.`
    return refuse('lookaround', lookaround.length, message)
  }
  if (opening.startsWith('(?P=')) {
    return refuse('back-reference', 4, '(?P=…) refers back to a group: back-references are not supported.')
  }
  const named = /^\(\?P?</.exec(opening)?.[0]
  if (named !== undefined) {
    const message = `A named group at character ${start + 1} makes no dimension: write %{name}, or ( ) for a plain group.`
    return refuse('unsupported-syntax', named.length, message)
  }
  const message = `“${opening.slice(0, 3)}” at character ${start + 1} is not supported: groups are ( ) and (?: ).`
  return refuse('unsupported-syntax', 2, message)
}
