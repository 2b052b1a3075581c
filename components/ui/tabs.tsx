'use client'

import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { classes } from './classes'
import { type Mark, MarkIcon, MarkWords } from './tab-mark'

export interface TabItem<T extends string> {
  value: T
  label: string
  mark?: Mark
  count?: number
}

export interface TabsProps<T extends string> {
  /** The accessible name of the list: `"Steps"`. */
  label: string
  items: readonly TabItem<T>[]
  value: T
  onValueChange: (value: T) => void
  listClassName?: string
  /** What stands between the tabs and the panel, if anything. */
  between?: ReactNode
  /** The chosen panel's content. */
  children?: ReactNode
  panelClassName?: string
}

/** Tabs within a page: arrows move, the panel follows. For tabs with an address use `TabLinks`. */
export function Tabs<T extends string>(props: TabsProps<T>) {
  const { items, value } = props
  return (
    <Base.Root
      value={value}
      onValueChange={(next: T) => props.onValueChange(next)}
      render={(attributes) => <div {...attributes} style={{ display: 'contents' }} />}
    >
      <Base.List
        className={classes('tabs', props.listClassName)}
        aria-label={props.label}
        activateOnFocus={false}
      >
        {items.map((item) => (
          <Base.Tab key={item.value} value={item.value} className="tab">
            {item.mark && <MarkIcon mark={item.mark} />}
            {item.label}
            {item.count !== undefined && <span className="count">{item.count}</span>}
            {item.mark && <MarkWords mark={item.mark} />}
          </Base.Tab>
        ))}
      </Base.List>
      {props.between}
      {props.children !== undefined && (
        <Base.Panel value={value} className={props.panelClassName}>
          {props.children}
        </Base.Panel>
      )}
    </Base.Root>
  )
}
