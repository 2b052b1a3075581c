'use client'

import { type Dispatch, useEffect, useRef } from 'react'
import type { WizardState, WizardStep } from '#lib/domain/datasets/wizard'
import type { WizardSource } from './use-wizard-source'

/** Lets the columns follow what the settings read, while `follows`; a file that one only looks at changes nothing. */
export function useFoundColumns(
  state: WizardState,
  dispatch: Dispatch<WizardStep>,
  source: WizardSource,
  follows = true,
) {
  const { current } = source.preview
  const { formatType, formatParams } = state.definition
  const settings = JSON.stringify([formatType, formatParams])
  const followed = useRef<string | null>(null)
  useEffect(() => {
    if (!follows || !current || current.looksLike !== null) return
    if (source.file !== null && followed.current === settings) return
    followed.current = settings
    dispatch({ step: 'set-found-columns', columns: current.columns })
  }, [follows, current, settings, source.file, dispatch])
}
