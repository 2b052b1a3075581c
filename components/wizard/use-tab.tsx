'use client'

import { useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { WizardTab } from '#lib/domain/datasets/problem'
import { addressWith, readTab } from './wizard-address'

/** The tab that is open. It stands in the address, so that back, reload and a link lead to it. */
export function useTab(): [WizardTab, (to: WizardTab) => void] {
  const query = useSearchParams()
  const [tab, setTab] = useState(() => readTab(query))
  useEffect(() => {
    const follow = () => setTab(readTab(new URLSearchParams(location.search)))
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [])
  function show(to: WizardTab) {
    // The router tells of a new address a moment later; two quick presses of Next are two tabs.
    setTab(to)
    if (to !== tab) history.pushState(null, '', addressWith(location.search, { tab: to }))
  }
  return [tab, show]
}
