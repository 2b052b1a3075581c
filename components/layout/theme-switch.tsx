'use client'

import { Button } from '#components/ui/button'
import { Menu } from '#components/ui/menu'
import { type Theme, useTheme } from './theme'

export const THEMES = [
  { value: 'system', label: 'As the system', icon: 'monitor' },
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
] as const

/** System, light or dark. */
export function ThemeSwitch() {
  const { theme, choose } = useTheme()
  return (
    <Menu
      trigger={<Button variant="ghost" square icon="contrast" aria-label="Theme" className="only-l" />}
      entries={[
        {
          kind: 'choice',
          label: 'Theme',
          value: theme,
          choices: THEMES,
          onValueChange: (value) => choose(value as Theme),
        },
      ]}
    />
  )
}
