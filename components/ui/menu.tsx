'use client'

import { lazy } from 'react'
import type { MenuProps } from './menu-body'
import { OnDemand } from './on-demand'

const load = () => import('./menu-body')
const MenuBody = lazy(load)

export type { MenuEntry, MenuProps } from './menu-body'

/** Actions on one thing. Arrows, Home, End and type-ahead move; the entries are data. */
export function Menu(props: MenuProps) {
  return (
    <OnDemand trigger={props.trigger} popup="menu" load={load}>
      <MenuBody {...props} />
    </OnDemand>
  )
}
