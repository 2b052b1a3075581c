'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { showSuccess } from '#components/ui/toast'
import { ApiError } from '#lib/client/api'
import { projectQuery, useSaveProjectMembers } from '#lib/client/projects'
import type { Project, ProjectPrincipal } from '#lib/domain/projects/wire'
import { type MembersDraft, useMembersDraft } from './use-members-draft'

export interface MembersEditing {
  draft: MembersDraft
  /** Why, in the words of who changes it; may be empty. */
  reason: string
  setReason: (reason: string) => void
  /** What a picker says is chosen now: one more, or one fewer. */
  choose: (chosen: readonly ProjectPrincipal[]) => void
  submit: () => void
  discard: () => void
  saving: boolean
  error: Error | null
  /** Somebody else saved since editing began. */
  conflict: boolean
}

/** The draft of a project's members, with how it is saved and let go of. */
export function useMembersEditing(project: Project): MembersEditing {
  const client = useQueryClient()
  const draft = useMembersDraft(project)
  const save = useSaveProjectMembers(project.key)
  const [reason, setReason] = useState('')
  const { queryKey } = projectQuery(project.key)
  const begin = () => {
    draft.discard()
    setReason('')
  }
  const choose = (chosen: readonly ProjectPrincipal[]) => {
    const fresh = chosen.filter((one) => !draft.lines.some((line) => line.id === one.id))
    const gone = draft.lines.find((line) => !chosen.some((one) => one.id === line.id))
    if (fresh.length > 0) draft.add(fresh)
    else if (gone) draft.takeOff(gone.id)
  }
  const onSuccess = async () => {
    await client.refetchQueries({ queryKey, exact: true })
    begin()
    showSuccess(`The members of ${project.name} were saved.`)
  }
  const submit = () => {
    const members = draft.lines.map(({ principal, id, level, until }) => ({ principal, id, level, until }))
    const because = reason.trim() === '' ? {} : { reason: reason.trim() }
    save.mutate({ version: draft.version, members, ...because }, { onSuccess })
  }
  const discard = () => {
    save.reset()
    begin()
    void client.invalidateQueries({ queryKey, exact: true })
  }
  const conflict = save.error instanceof ApiError && save.error.reason === 'changed-meanwhile'
  return {
    draft,
    reason,
    setReason,
    choose,
    submit,
    discard,
    saving: save.isPending,
    error: save.error,
    conflict,
  }
}
