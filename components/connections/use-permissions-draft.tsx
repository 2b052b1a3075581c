'use client'

import { useState } from 'react'
import { compareStates, type PermissionState, type StateChange } from '#lib/domain/connections/permissions'
import type { ConnectionPermissions, Principal } from '#lib/domain/connections/wire'

export interface PermissionsDraft {
  /** What the page shows: the draft, or what stands. */
  state: PermissionState
  /** What was read when editing began: a save compares with it. */
  base: PermissionState
  changes: StateChange[]
  principals: ReadonlyMap<string, Principal>
  edit: (change: Partial<PermissionState>, added?: readonly Principal[]) => void
  /** Begins anew from another base, as after a conflict or for a revert. */
  restart: (base: PermissionState, state: PermissionState, known: readonly Principal[]) => void
  discard: () => void
}

/** A draft of permissions beside what stands; it keeps its base even when the page reads anew meanwhile. */
export function usePermissionsDraft(read: ConnectionPermissions): PermissionsDraft {
  const [draft, setDraft] = useState<{ base: PermissionState; state: PermissionState } | null>(null)
  const [added, setAdded] = useState<readonly Principal[]>([])
  // The clock of the comparison begins with the page: it only leaves out grants that had ended by then.
  const [openedAt] = useState(() => new Date())
  const base = draft?.base ?? read.state
  const state = draft?.state ?? read.state
  const principals = new Map([...added, ...read.principals].map((one) => [one.id, one]))
  return {
    state,
    base,
    changes: draft ? compareStates(base, state, openedAt) : [],
    principals,
    edit: (change, more = []) => {
      setDraft({ base, state: { ...state, ...change } })
      setAdded((before) => [...before, ...more])
    },
    restart: (nextBase, nextState, known) => {
      setDraft({ base: nextBase, state: nextState })
      setAdded((before) => [...before, ...known])
    },
    discard: () => setDraft(null),
  }
}
