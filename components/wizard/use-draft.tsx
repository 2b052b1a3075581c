'use client'

import { useQueryClient } from '@tanstack/react-query'
import { type Dispatch, useEffect, useReducer, useRef, useState } from 'react'
import { ApiError } from '#lib/client/api'
import { createDraft, draftQuery, draftsQuery, saveDraft } from '#lib/client/drafts'
import { type Draft, draft as draftWire } from '#lib/domain/datasets/draft-wire'
import { reduceWizard, type WizardState, type WizardStep } from '#lib/domain/datasets/wizard'
import { createDraftSaver, type SaveRefusal, type SaveStatus } from './draft-saver'

export interface DraftOptions {
  projectKey: string
  /** The draft that was opened, or null to begin one at the first change. */
  opened: Draft | null
  begin: WizardState
  onCreated: (draftId: string) => void
}

export interface DraftControl {
  state: WizardState
  dispatch: Dispatch<WizardStep>
  status: SaveStatus
  /** Null as long as nothing has been changed. */
  draftId: string | null
  /** Saves what waits, now. */
  flush: () => void
  /** After a conflict: mine over theirs, or theirs as they are. */
  keepMine: () => void
  reload: () => WizardState | null
  beginAgain: () => void
  pause: () => void
  resume: () => void
}

/** The settings of a wizard, kept on the server as one types. */
export function useDraft({ projectKey, opened, begin, onCreated }: DraftOptions): DraftControl {
  const client = useQueryClient()
  const [state, dispatch] = useReducer(reduceWizard, opened?.settings ?? begin)
  const [status, setStatus] = useState<SaveStatus>(
    opened ? { kind: 'saved', at: opened.updatedAt } : { kind: 'none' },
  )
  const [draftId, setDraftId] = useState(opened?.id ?? null)
  const known = useRef(draftId)
  const clean = useRef(state)
  const onSaved = (saved: Draft) => {
    client.setQueryData(draftQuery(projectKey, saved.id).queryKey, saved)
    if (known.current !== saved.id) {
      known.current = saved.id
      setDraftId(saved.id)
      onCreated(saved.id)
    }
    void client.invalidateQueries({ queryKey: draftsQuery(projectKey).queryKey, exact: true })
  }
  const [saver] = useState(() =>
    createDraftSaver({
      opened,
      create: (settings) => createDraft(projectKey, settings),
      save: (id, input) => saveDraft(projectKey, id, input),
      explain: explainRefusal,
      onStatus: setStatus,
      onSaved,
    }),
  )
  useEffect(() => {
    if (state === clean.current) return
    // What was only detected is nobody's work yet.
    if (known.current === null && state.touched.length === 0 && state.name === '') return
    clean.current = state
    saver.change(state)
  }, [state, saver])
  useEffect(() => {
    const leave = () => saver.flush()
    addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', leave)
    return () => {
      removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', leave)
      leave()
    }
  }, [saver])
  const theirs = status.kind === 'conflict' ? status.theirs : null
  return {
    state,
    dispatch,
    status,
    draftId,
    flush: saver.flush,
    keepMine: () => theirs && saver.goOnFrom(theirs, state),
    reload() {
      if (!theirs) return null
      clean.current = theirs.settings
      dispatch({ step: 'load', state: theirs.settings })
      saver.goOnFrom(theirs, null)
      return theirs.settings
    },
    beginAgain: () => saver.beginAgain(state),
    pause: saver.pause,
    resume: saver.resume,
  }
}

function explainRefusal(error: unknown): SaveRefusal {
  if (!(error instanceof ApiError)) return { kind: 'retry', message: 'Something went wrong on this page.' }
  const { status, detail, details } = error.problem
  if (details.reason === 'changed-in-another-tab') {
    const theirs = draftWire.safeParse(details.facts?.theirs)
    if (theirs.success) return { kind: 'conflict', theirs: theirs.data }
  }
  if (status === 403 || status === 404) return { kind: 'gone', message: detail }
  return { kind: 'retry', message: detail }
}
