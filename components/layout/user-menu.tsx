'use client'

import { Button } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { ownZone, useZone, type ZoneChoice } from '#components/ui/zone'
import { type Theme, useTheme } from './theme'
import { THEMES } from './theme-switch'

export interface Person {
  name: string
  login: string
}

interface UserMenuProps {
  person: Person
  /** More entries above Sign out: "Your API keys", "Change password". */
  entries?: readonly MenuEntry[]
  onSignOut: () => void
}

/** Two initials: `"Ada Lind"` is `"AL"`. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return ends.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}

/** Who is signed in, their zone and theme, and the way out. */
export function UserMenu({ person, entries = [], onSignOut }: UserMenuProps) {
  const { choice, choose } = useZone()
  const { theme, choose: chooseTheme } = useTheme()
  return (
    <Menu
      trigger={
        <Button variant="ghost" aria-label={`${person.name}, user menu`}>
          <span className="avatar">{initials(person.name)}</span>
          <Icon name="down" className="only-l" />
        </Button>
      }
      head={
        <div className="who-head">
          <b>{person.name}</b>
          <span className="mono muted">{person.login}</span>
        </div>
      }
      entries={[
        { kind: 'line' },
        {
          kind: 'choice',
          label: 'Times in',
          value: choice,
          choices: [
            { value: 'utc', label: 'UTC' },
            { value: 'own', label: `My zone, ${ownZone()}` },
          ],
          onValueChange: (value) => choose(value as ZoneChoice),
        },
        {
          kind: 'choice',
          label: 'Theme',
          value: theme,
          choices: THEMES,
          onValueChange: (value) => chooseTheme(value as Theme),
        },
        { kind: 'line' },
        ...entries,
        { label: 'Sign out', icon: 'sign-out', onSelect: onSignOut },
      ]}
    />
  )
}
