'use client'

import { useRouter } from 'next/navigation'
import type { Problem } from '#lib/domain/datasets/problem'
import { leaveOutTold } from '#lib/domain/datasets/say-problem'
import type { WizardState } from '#lib/domain/datasets/wizard'
import type { Result } from '#lib/domain/result'
import { useImport } from './transfer/use-import'
import { useFollowColumns } from './use-columns'
import { useCreate } from './use-create'
import { useTakeDetected } from './use-detection'
import { useDiscardWithUndo } from './use-discard-draft'
import { type DraftControl, type DraftOptions, useDraft } from './use-draft'
import { useSharedLoad } from './use-shared-load'
import { useWizardProblems } from './use-wizard-problems'
import { useWizardSource } from './use-wizard-source'

interface WizardOptions extends DraftOptions {
  /** Settings of a link: they become a draft of one's own at once. */
  shared: Result<WizardState> | null
}

/** A dataset to be: its settings as a draft, what is read with them, and what keeps it from being created. */
export function useWizard({ shared, ...options }: WizardOptions) {
  const { projectKey } = options
  const draft = useDraft(options)
  const { state, dispatch } = draft
  const source = useWizardSource(state, draft.draftId)
  const { settle } = source
  const takeImport = useImport(state, (next) => {
    dispatch({ step: 'load', state: next })
    settle(next.definition)
  })
  useSharedLoad(shared, dispatch, settle)
  useTakeDetected(source, dispatch)
  useFollowColumns(source.columns, dispatch)
  const { problems, ended, reasons, mistakes } = useWizardProblems(projectKey, state, source)
  const creating = useCreate(projectKey, draft, source)
  const discard = useDiscard(projectKey, draft)
  const nameError = creating.nameRefusal ?? nameMistake(problems, state.name)
  return {
    draft,
    source,
    takeImport,
    problems,
    ended,
    creating,
    /** Why it cannot be created, most urgent first. */
    reasons,
    /** Those of them that stand nowhere else, with what the first leads to. */
    untold: leaveOutTold({ reasons, mistakes }, nameError),
    nameError,
    /** Null as long as there is nothing to let go of. */
    discard: draft.draftId ? discard : null,
    /** Takes what another tab saved. */
    reload: () => {
      const theirs = draft.reload()
      if (theirs) settle(theirs.definition)
    },
  }
}

export type WizardControl = ReturnType<typeof useWizard>

/** Lets go of the draft and leaves for the Flow; a draft that could not be discarded is saved on. */
function useDiscard(projectKey: string, draft: DraftControl): () => Promise<void> {
  const router = useRouter()
  const discard = useDiscardWithUndo(projectKey)
  return async () => {
    draft.pause()
    if (!draft.draftId) return
    try {
      await discard(draft.draftId)
      router.push(`/projects/${projectKey}/flow`)
    } catch {
      draft.resume()
    }
  }
}

/** A missing name is a reason of Create and no mistake while one has not written any. */
const nameMistake = (problems: readonly Problem[], name: string): string | undefined =>
  name === '' ? undefined : problems.find(({ tab }) => tab === 'name')?.message
