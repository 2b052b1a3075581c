'use client'

import { useState } from 'react'
import type { Problem, WizardTab } from '#lib/domain/datasets/problem'
import { useTab } from './use-tab'

/** The tab that is open and the field to go to; `leave` runs before another tab opens. */
export function useWizardPlace(nameFieldId: string, leave: () => void) {
  const [target, setTarget] = useState<Problem | null>(null)
  const [tab, showTab] = useTab()
  const setTab = (to: WizardTab) => {
    leave()
    showTab(to)
  }
  const goTo = (problem: Problem) => {
    if (problem.tab === 'name') {
      document.getElementById(nameFieldId)?.focus()
      return
    }
    setTab(problem.tab)
    // A copy, so that the same problem leads there again.
    setTarget({ ...problem })
  }
  return { tab, setTab, target, goTo }
}
