'use client'

import { lazy } from 'react'
import { OnDemand } from './on-demand'
import type { PopoverProps } from './popover-body'

const load = () => import('./popover-body')
const PopoverBody = lazy(load)

/** A small form beside its button: the choice of columns, a filter. */
export function Popover(props: PopoverProps) {
  return (
    <OnDemand trigger={props.trigger} popup="dialog" load={load}>
      <PopoverBody {...props} />
    </OnDemand>
  )
}
