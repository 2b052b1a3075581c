'use client'

import { type ReactNode, useId, useMemo } from 'react'
import { classes } from './classes'
import { ErrorLine } from './error-line'
import { FieldContext } from './field-context'

export interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong, one sentence; the control becomes invalid. */
  error?: ReactNode
  required?: boolean
  /** The label stays for screen readers only. */
  labelHidden?: boolean
  id?: string
  className?: string
  /** One control of this folder, or any element using `useFieldControl`. */
  children: ReactNode
}

function useFieldParts({ id, hint, error, required }: FieldProps) {
  const ownId = useId()
  const controlId = id ?? ownId
  const hintId = `${controlId}-hint`
  const errorId = `${controlId}-error`
  const described = classes(Boolean(error) && errorId, Boolean(hint) && hintId)
  const wiring = useMemo(
    () => ({
      id: controlId,
      describedBy: described || undefined,
      invalid: Boolean(error),
      required: Boolean(required),
    }),
    [controlId, described, error, required],
  )
  return { controlId, hintId, errorId, wiring }
}

/** Label above, control, hint, error: ids and aria wired. */
export function Field(props: FieldProps) {
  return <Wired {...props} look="field" />
}

/** Label left, control right (above each other below 768 px): the rows of a settings form. */
export function FormRow(props: FieldProps) {
  return <Wired {...props} look="form-row" />
}

function Wired({ look, ...props }: FieldProps & { look: string }) {
  const { controlId, hintId, errorId, wiring } = useFieldParts(props)
  return (
    <div className={classes(look, props.className)}>
      <label htmlFor={controlId} className={props.labelHidden ? 'sr' : undefined}>
        {props.label}
      </label>
      <FieldContext value={wiring}>{props.children}</FieldContext>
      {props.error && <ErrorLine id={errorId}>{props.error}</ErrorLine>}
      {props.hint && (
        <p className="hint" id={hintId}>
          {props.hint}
        </p>
      )}
    </div>
  )
}

/** A form row whose right side is not one control: several checkboxes, a button, a text. */
export function FormGroup({ label, children }: { label?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <fieldset className="form-row" aria-labelledby={label ? id : undefined}>
      <span className="label" id={id}>
        {label}
      </span>
      <div>{children}</div>
    </fieldset>
  )
}
