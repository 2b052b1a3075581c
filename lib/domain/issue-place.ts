import type { Issue } from './result'

type Path = NonNullable<Issue['path']>

interface Said {
  message: string
  path?: Path | undefined
}

/** The path of a field as zod gives it, as a path of ours. */
export const toIssuePath = (path: readonly PropertyKey[]): Path =>
  path.map((step) => (typeof step === 'symbol' ? String(step) : step))

/** An issue of a field that goes by another path elsewhere; a sentence that begins with the path begins with the other one. */
export function moveIssue(issue: Issue, path: Path): Issue {
  return { ...issue, path, message: beginWith(issue, path.join('.')) }
}

/** The sentence of an issue where it stands at its field, whose path people do not know. */
export const sayAtField = (issue: Said): string => beginWith(issue, 'This')

function beginWith({ message, path = [] }: Said, place: string): string {
  const before = path.join('.')
  return before !== '' && message.startsWith(`${before} `)
    ? `${place}${message.slice(before.length)}`
    : message
}
