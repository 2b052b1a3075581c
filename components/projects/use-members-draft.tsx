'use client'

import { useState } from 'react'
import type { Project, ProjectMember, ProjectPrincipal } from '#lib/domain/projects/wire'

/** A line of the list as one edits it. */
export type MemberLine = Pick<ProjectMember, 'principal' | 'id' | 'name' | 'people' | 'level' | 'until'>

export interface MembersDraft {
  lines: readonly MemberLine[]
  /** Ids of the lines that are not saved as they stand. */
  changed: ReadonlySet<string>
  /** Lines that were taken off. */
  taken: readonly MemberLine[]
  isChanged: boolean
  /** The version that was read when editing began. */
  version: number
  add: (principals: readonly ProjectPrincipal[]) => void
  edit: (id: string, change: Partial<Pick<MemberLine, 'level' | 'until'>>) => void
  takeOff: (id: string) => void
  discard: () => void
}

/** The members of a project under change; the base stays while the page reads anew. */
export function useMembersDraft(project: Project): MembersDraft {
  const [draft, setDraft] = useState<{ base: Project; lines: readonly MemberLine[] } | null>(null)
  const base = draft?.base ?? project
  const lines = draft?.lines ?? project.members
  const before = new Map(base.members.map((member) => [member.id, member]))
  const change = (next: readonly MemberLine[]) => setDraft({ base, lines: next })
  const changed = new Set(lines.filter((line) => !isSame(line, before.get(line.id))).map(({ id }) => id))
  const taken = base.members.filter((member) => !lines.some((line) => line.id === member.id))
  return {
    lines,
    changed,
    taken,
    isChanged: changed.size > 0 || taken.length > 0,
    version: base.version,
    add: (principals) =>
      change([...lines, ...principals.map((one) => ({ ...one, level: 'read' as const, until: null }))]),
    edit: (id, part) => change(lines.map((line) => (line.id === id ? { ...line, ...part } : line))),
    takeOff: (id) => change(lines.filter((line) => line.id !== id)),
    discard: () => setDraft(null),
  }
}

const isSame = (line: MemberLine, member: MemberLine | undefined) =>
  member !== undefined && line.level === member.level && line.until === member.until
