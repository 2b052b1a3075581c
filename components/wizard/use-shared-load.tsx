'use client'

import { type Dispatch, useEffect, useRef } from 'react'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { WizardState, WizardStep } from '#lib/domain/datasets/wizard'
import type { Result } from '#lib/domain/result'

/** Takes the settings of a link over, once: they become a draft of one's own. */
export function useSharedLoad(
  shared: Result<WizardState> | null,
  dispatch: Dispatch<WizardStep>,
  settle: (definition: DatasetDefinition) => boolean,
): void {
  const taken = useRef<typeof shared>(null)
  useEffect(() => {
    if (!shared?.ok || taken.current === shared) return
    taken.current = shared
    dispatch({ step: 'load', state: shared.value })
    settle(shared.value.definition)
  }, [shared, dispatch, settle])
}
