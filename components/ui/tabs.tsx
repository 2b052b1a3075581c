'use client'

import { type KeyboardEvent, type ReactNode, useId } from 'react'
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

function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')]
  const at = tabs.findIndex((tab) => tab.matches(':focus'))
  const to: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }
  const next = to[event.key]
  if (next === undefined) return
  event.preventDefault()
  tabs.at(next % tabs.length)?.focus()
}

/** Tabs within a page: arrows move, Enter or Space chooses. For tabs with an address use `TabLinks`. */
export function Tabs<T extends string>(props: TabsProps<T>) {
  const { label, items, value, onValueChange, children } = props
  const id = useId()
  return (
    <>
      <div
        className={classes('tabs', props.listClassName)}
        role="tablist"
        aria-label={label}
        onKeyDown={moveFocus}
      >
        {items.map((item) => (
          <button
            key={item.value}
            type="button"
            role="tab"
            id={`${id}-${item.value}`}
            className="tab"
            aria-selected={item.value === value}
            aria-controls={item.value === value && children !== undefined ? id : undefined}
            tabIndex={item.value === value ? 0 : -1}
            onClick={() => onValueChange(item.value)}
          >
            {item.mark && <MarkIcon mark={item.mark} />}
            {item.label}
            {item.count !== undefined && <span className="count">{item.count}</span>}
            {item.mark && <MarkWords mark={item.mark} />}
          </button>
        ))}
      </div>
      {props.between}
      {children !== undefined && (
        <div role="tabpanel" id={id} aria-labelledby={`${id}-${value}`} className={props.panelClassName}>
          {children}
        </div>
      )}
    </>
  )
}
