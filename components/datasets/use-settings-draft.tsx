'use client'

import { type Dispatch, useEffect, useMemo, useReducer, useState } from 'react'
import type { Problem } from '#lib/domain/datasets/problem'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatKey, reduceWizard, type WizardState, type WizardStep } from '#lib/domain/datasets/wizard'
import { problemsOf } from '#lib/domain/datasets/wizard-problems'

export interface SettingsDraft {
  state: WizardState
  dispatch: Dispatch<WizardStep>
  problems: Problem[]
  isChanged: boolean
  /** The version that was read when editing began: a save is made over it. */
  version: number
  /** Begins anew from what is saved. */
  takeSaved: (dataset: Dataset) => void
}

/** Settings under change beside those that are saved; they keep their base while the page reads anew. */
export function useSettingsDraft(dataset: Dataset): SettingsDraft {
  const [base, setBase] = useState(dataset)
  const [state, dispatch] = useReducer(reduceWizard, dataset, toState)
  const problems = useMemo(() => problemsOf(state), [state])
  const isChanged = JSON.stringify(state.definition) !== JSON.stringify(base.definition)
  useEffect(() => {
    if (!isChanged) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isChanged])
  const takeSaved = (saved: Dataset) => {
    setBase(saved)
    dispatch({ step: 'load', state: toState(saved) })
  }
  // Nothing of one's own is lost when what someone else saved is taken over.
  if (!isChanged && dataset.version !== base.version) takeSaved(dataset)
  return { state, dispatch, problems, isChanged, version: base.version, takeSaved }
}

function toState({ name, definition }: Dataset): WizardState {
  return {
    name,
    definition,
    partitioningActive: definition.partitioning.dimensions.length > 0,
    touched: [],
    columnsReadBy: formatKey(definition),
  }
}
