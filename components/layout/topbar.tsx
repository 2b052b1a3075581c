'use client'

import Link from 'next/link'
import { Button } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import type { MenuEntry } from '#components/ui/menu'
import { BrandMark } from './brand-mark'
import { type Crumb, Crumbs } from './crumbs'
import { ThemeSwitch } from './theme-switch'
import { type Person, UserMenu } from './user-menu'

export interface TopbarProps {
  homeHref: string
  crumbs: readonly Crumb[]
  person: Person
  userEntries?: readonly MenuEntry[] | undefined
  onSignOut: () => void
  onMenu: () => void
  onFind: () => void
  onHelp: () => void
}

/** The bar across the top: where one is, the way to anything else, and who one is. */
export function Topbar(props: TopbarProps) {
  return (
    <header className="topbar">
      <Button variant="ghost" square className="only-s" aria-label="Menu" onClick={props.onMenu}>
        <Icon name="menu" size="l" />
      </Button>
      <Link className="brand" href={props.homeHref} aria-label="Launchpad">
        <BrandMark />
        <span className="only-l">Launchpad</span>
      </Link>
      <Crumbs crumbs={props.crumbs} />
      <button
        type="button"
        className="find"
        aria-label="Search, Ctrl K"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={props.onFind}
      >
        <Icon name="search" />
        <span>Go to anything</span>
        <span className="kbd">Ctrl K</span>
      </button>
      <Button
        variant="ghost"
        square
        icon="help"
        className="only-l"
        aria-label="Help and shortcuts"
        aria-keyshortcuts="?"
        onClick={props.onHelp}
      />
      <ThemeSwitch />
      <UserMenu person={props.person} entries={props.userEntries ?? []} onSignOut={props.onSignOut} />
    </header>
  )
}
