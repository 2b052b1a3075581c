'use client'

import { type ComponentProps, type ReactNode, useId } from 'react'
import { classes } from './classes'

interface OptionProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange'> {
  label: ReactNode
  hint?: ReactNode
}

export interface CheckboxProps extends Omit<OptionProps, 'checked'> {
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  indeterminate?: boolean
}

/** A checkbox with its words, and a hint read after them. */
export function Checkbox({ label, hint, onCheckedChange, indeterminate, className, ...rest }: CheckboxProps) {
  const hintId = useId()
  return (
    <label className={classes('option', className)}>
      <input
        {...rest}
        type="checkbox"
        ref={(element) => {
          if (element) element.indeterminate = Boolean(indeterminate)
        }}
        aria-describedby={hint ? hintId : rest['aria-describedby']}
        onChange={(event) => onCheckedChange(event.target.checked)}
      />
      <span>{label}</span>
      {hint && (
        <span className="hint" id={hintId} aria-hidden="true">
          {hint}
        </span>
      )}
    </label>
  )
}

export interface RadioChoice<T extends string> {
  value: T
  label: ReactNode
  hint?: ReactNode
  disabled?: boolean
}

export interface RadioOptionsProps<T extends string> {
  /** The accessible name of the group; shown as a heading unless `legendHidden`. */
  legend: string
  legendHidden?: boolean
  description?: ReactNode
  choices: readonly RadioChoice<T>[]
  value: T
  onValueChange: (value: T) => void
  /** Beside each other where there is room. */
  inline?: boolean
  disabled?: boolean
  /** What belongs to the chosen option, below. */
  children?: ReactNode
}

/** One of several, as a fieldset with its legend. */
export function RadioOptions<T extends string>(props: RadioOptionsProps<T>) {
  const name = useId()
  const { legend, legendHidden, description, choices, value, onValueChange, inline, disabled } = props
  return (
    <fieldset disabled={disabled} aria-describedby={description ? `${name}-about` : undefined}>
      <legend className={legendHidden ? 'sr' : undefined}>{legendHidden ? legend : <h2>{legend}</h2>}</legend>
      {description && (
        <p className="small muted legend-about" id={`${name}-about`}>
          {description}
        </p>
      )}
      <div className="stack options-body">
        <div className={classes('options', inline && 'inline')}>
          {choices.map((choice) => (
            <label key={choice.value} className="option">
              <input
                type="radio"
                name={name}
                value={choice.value}
                checked={choice.value === value}
                disabled={choice.disabled}
                aria-describedby={choice.hint ? `${name}-${choice.value}` : undefined}
                onChange={() => onValueChange(choice.value)}
              />
              <span>{choice.label}</span>
              {choice.hint && (
                <span className="hint" id={`${name}-${choice.value}`} aria-hidden="true">
                  {choice.hint}
                </span>
              )}
            </label>
          ))}
        </div>
        {props.children}
      </div>
    </fieldset>
  )
}
