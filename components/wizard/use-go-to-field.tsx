'use client'

import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'
import type { Problem, WizardTab } from '#lib/domain/datasets/problem'
import { focusField } from './focus-field'

/** Opens each tab at its top, and at the field of a problem that was asked for. Gives what asks for one. */
export function useGoToField(
  form: RefObject<HTMLElement | null>,
  tab: WizardTab,
  target: Problem | null,
): (problem: Problem | null) => void {
  const [wanted, setWanted] = useState<Problem | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is another text, to be read from its beginning
  useLayoutEffect(() => {
    if (form.current) scrollToTop(form.current)
  }, [tab, form])
  useEffect(() => {
    const problem = wanted ?? target
    if (!problem || problem.tab !== tab || !form.current) return
    focusField(form.current, problem.field)
    setWanted(null)
  }, [wanted, target, tab, form])
  return setWanted
}

/** Which part scrolls depends on the width: the form, the form with the preview, or the page, whose head stays out of view. */
function scrollToTop(form: HTMLElement): void {
  form.scrollTop = 0
  if (form.parentElement) form.parentElement.scrollTop = 0
  const page = form.closest('.work')
  const head = page?.firstElementChild
  if (page && head instanceof HTMLElement) page.scrollTop = Math.min(page.scrollTop, head.offsetHeight)
}
