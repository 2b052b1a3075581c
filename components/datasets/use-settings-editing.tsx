'use client'

import { type Dispatch, useMemo, useState } from 'react'
import { showSuccess } from '#components/ui/toast'
import { useFollowColumns } from '#components/wizard/use-columns'
import { useWizardSource, type WizardSource } from '#components/wizard/use-wizard-source'
import { ApiError } from '#lib/client/api'
import { useSaveDataset } from '#lib/client/datasets'
import type { Problem } from '#lib/domain/datasets/problem'
import { sayProblem } from '#lib/domain/datasets/say-problem'
import type { Dataset } from '#lib/domain/datasets/wire'
import { doColumnsFollow, type WizardState, type WizardStep } from '#lib/domain/datasets/wizard'
import { followingProblems } from '#lib/domain/datasets/wizard-problems'
import { type SettingsDraft, useSettingsDraft } from './use-settings-draft'

export interface SettingsEditing {
  state: WizardState
  dispatch: Dispatch<WizardStep>
  source: WizardSource
  problems: readonly Problem[]
  isChanged: boolean
  /** Why it cannot be saved as it stands. */
  notYet: string | null
  save: () => void
  /** Saves over what someone else saved meanwhile. */
  saveOverTheirs: () => void
  saving: boolean
  error: Error | null
  /** Somebody else saved since editing began. */
  conflict: boolean
  discard: () => void
}

/** The settings of a dataset under change, what is read with them, and how they are saved. */
export function useSettingsEditing(dataset: Dataset): SettingsEditing {
  const draft = useSettingsDraft(dataset)
  const { state, dispatch, isChanged } = draft
  const { source, problems } = useWhatIsRead(dataset, draft)
  const save = useSaveDataset(dataset.projectKey, dataset.name)
  const [saved, setSaved] = useState(false)
  // What was saved comes back with the next reading of the dataset, and is the base from then on.
  if (saved && dataset.version > draft.version) {
    setSaved(false)
    draft.takeSaved(dataset)
  }
  const onSuccess = () => {
    setSaved(true)
    showSuccess(`${dataset.name} was saved.`)
  }
  const submit = (version: number) => save.mutate({ version, definition: state.definition }, { onSuccess })
  const discard = () => {
    save.reset()
    draft.takeSaved(dataset)
    source.settle(dataset.definition)
  }
  return {
    state,
    dispatch,
    source,
    problems,
    isChanged,
    notYet: isChanged ? firstMistake(problems) : 'Nothing was changed.',
    save: () => submit(draft.version),
    saveOverTheirs: () => submit(dataset.version),
    saving: save.isPending || saved,
    error: save.error,
    conflict: save.error instanceof ApiError && save.error.reason === 'changed-meanwhile',
    discard,
  }
}

/** Listings and preview under the draft; the columns follow where the format was touched. */
function useWhatIsRead({ projectKey, name }: Dataset, { state, dispatch, problems }: SettingsDraft) {
  const follows = state.touched.includes('format') && doColumnsFollow(state)
  const source = useWizardSource(state, `${projectKey}.${name}`, follows)
  useFollowColumns(source.columns, dispatch, follows)
  const { found } = source.columns
  const all = useMemo(() => [...problems, ...followingProblems(state, found)], [problems, state, found])
  return { source, problems: all }
}

function firstMistake(problems: readonly Problem[]): string | null {
  const first = problems.find(({ severity }) => severity === 'error')
  return first ? sayProblem(first) : null
}
