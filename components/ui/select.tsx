'use client'

import { type ComponentProps, type RefObject, useEffect, useRef, useSyncExternalStore } from 'react'
import { classes } from './classes'
import { useFieldControl } from './field-context'

export interface SelectChoice<T extends string = string> {
  value: T
  label: string
  disabled?: boolean
}

export interface SelectProps<T extends string = string>
  extends Omit<ComponentProps<'select'>, 'onChange' | 'value' | 'ref'> {
  value: T
  onValueChange: (value: T) => void
  choices: readonly SelectChoice<T>[]
  mono?: boolean
}

/** A native select, so type-ahead and touch work as everywhere. The choices are data. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { choices, onValueChange, mono, className, ...rest } = props
  const wired = useFieldControl(rest)
  const control = useRef<HTMLSelectElement>(null)
  const choose = (value: string) => {
    const chosen = choices.find((choice) => choice.value === value)
    if (chosen) onValueChange(chosen.value)
  }
  useEarlyChoice(control, (value) => {
    if (value !== props.value) choose(value)
  })
  return (
    <select
      {...rest}
      {...wired}
      ref={control}
      // A browser that puts back what stood here before a reload would seem to choose it.
      autoComplete="off"
      className={classes('select', mono && 'mono', className)}
      onChange={(event) => choose(event.target.value)}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value} disabled={choice.disabled}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}

const subscribeToNothing = () => () => undefined

/** Tells what was chosen on the page as the server drew it, before its script could listen. */
function useEarlyChoice(control: RefObject<HTMLSelectElement | null>, tell: (value: string) => void): void {
  const isDrawnByServer = useSyncExternalStore(
    subscribeToNothing,
    () => false,
    () => true,
  )
  const isUntold = useRef(isDrawnByServer)
  useEffect(() => {
    if (!isUntold.current) return
    isUntold.current = false
    if (control.current) tell(control.current.value)
  })
}
