'use client'

import { useEffect, useState } from 'react'
import type { WizardState } from '#lib/domain/datasets/wizard'
import type { Result } from '#lib/domain/result'
import { readSettingsLink } from './settings-link'

export interface SharedSettings {
  /** The fragment that they came by: another one is another draft. */
  fragment: string
  read: Result<WizardState>
}

/** The settings that the address carries, also one that is opened on this very page. */
export function useSharedSettings(): SharedSettings | null {
  const [shared, setShared] = useState<SharedSettings | null>(null)
  useEffect(() => {
    let isLeft = false
    const look = async () => {
      const fragment = location.hash
      const read = await readSettingsLink(fragment)
      if (read !== null && !isLeft) setShared({ fragment, read })
    }
    void look()
    addEventListener('hashchange', look)
    return () => {
      isLeft = true
      removeEventListener('hashchange', look)
    }
  }, [])
  return shared
}
