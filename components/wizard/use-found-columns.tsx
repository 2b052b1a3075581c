'use client'

import { type Dispatch, useEffect, useRef } from 'react'
import { formatKey, type WizardState, type WizardStep } from '#lib/domain/datasets/wizard'
import type { PreviewReading } from './use-preview'
import type { WizardSource } from './use-wizard-source'

/** The columns of the previewed file: undefined while it is being read, null where none could be read of it. */
export function columnsFound({
  current,
  reading,
}: PreviewReading): readonly { name: string }[] | null | undefined {
  if (reading) return undefined
  return current === null || current.looksLike !== null || current.columns.length === 0
    ? null
    : current.columns
}

/** Lets the columns follow what the settings read, while `follows`; a file that one only looks at changes nothing. */
export function useFoundColumns(
  state: WizardState,
  dispatch: Dispatch<WizardStep>,
  source: WizardSource,
  follows = true,
) {
  const { current } = source.preview
  const settings = formatKey(state.definition)
  const followed = useRef<string | null>(null)
  useEffect(() => {
    if (!follows || !current || current.looksLike !== null) return
    if (source.file !== null && followed.current === settings) return
    followed.current = settings
    // What was detected may be taken over in the same moment: columns read by line are not those of another format.
    dispatch({ step: 'set-found-columns', columns: current.columns, readBy: settings })
  }, [follows, current, settings, source.file, dispatch])
}
