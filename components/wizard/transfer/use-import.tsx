'use client'

import { useEffect, useRef } from 'react'
import { showSuccess } from '#components/ui/toast'
import type { WizardState } from '#lib/domain/datasets/wizard'

/** Takes imported settings over; within 10 s those before come back, in place of what was changed since. */
export function useImport(
  state: WizardState,
  load: (state: WizardState) => void,
): (imported: WizardState) => void {
  // Undo is pressed later, when loading means another place than at the time of the import.
  const latest = useRef(load)
  useEffect(() => {
    latest.current = load
  })
  const page = useRef<AbortController | null>(null)
  useEffect(() => {
    const own = new AbortController()
    page.current = own
    return () => own.abort()
  }, [])
  return (imported) => {
    load(imported)
    showSuccess('The settings were imported.', {
      onUndo: () => latest.current(state),
      ...(page.current ? { until: page.current.signal } : {}),
    })
  }
}
