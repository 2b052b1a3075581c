'use client'

import { useEffect } from 'react'
import { useStored } from '#components/ui/stored'

export type Theme = 'system' | 'light' | 'dark'

const KEY = 'launchpad:theme'

/** The theme this person chose; the system's until then. */
export function useTheme(): { theme: Theme; choose: (theme: Theme) => void } {
  const [stored, store] = useStored(KEY)
  const theme = stored === 'light' || stored === 'dark' ? stored : 'system'
  useEffect(() => {
    const root = document.documentElement
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
  }, [theme])
  return { theme, choose: (next) => store(next === 'system' ? null : next) }
}
