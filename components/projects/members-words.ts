import { formatQuantity } from '#lib/domain/format'
import type { Project } from '#lib/domain/projects/wire'
import type { MemberLine, MembersDraft } from './use-members-draft'

/** How many a list lets in: `"1 group with 3 people, 2 people"`. One in two groups counts twice. */
export function sayMembers(lines: readonly MemberLine[]): string {
  const groups = lines.filter((line) => line.principal === 'group')
  const behind = groups.reduce((sum, group) => sum + group.people, 0)
  const parts = [
    groups.length > 0 &&
      `${formatQuantity(groups.length, 'group')} with ${formatQuantity(behind, 'person', 'people')}`,
    lines.length > groups.length && formatQuantity(lines.length - groups.length, 'person', 'people'),
  ]
  return parts.filter(Boolean).join(', ') || 'Nobody'
}

/** Who administers a project whoever its members are; a program that owns it does not. */
export const sayAlwaysAdmin = ({ login }: Project['owner']): string =>
  login === null ? 'Space administrators' : 'Its owner and space administrators'

/** What Save will do: `"Save gives or changes the permission of Ann, and takes it from Bob."` */
export function sayChanges({ lines, changed, taken }: MembersDraft): string {
  const names = (some: readonly MemberLine[]) => some.map((line) => line.name).join(', ')
  const set = lines.filter((line) => changed.has(line.id))
  const parts = [
    set.length > 0 && `gives or changes the permission of ${names(set)}`,
    taken.length > 0 && `takes it from ${names(taken)}`,
  ]
  return `Save ${parts.filter(Boolean).join(', and ')}.`
}
