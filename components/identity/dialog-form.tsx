'use client'

import type { ComponentProps, FormEvent, ReactNode, Ref } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { FormError } from './checked-form'

interface DialogFormProps {
  /** Of `useCheckedForm`. */
  form: Ref<HTMLFormElement>
  onSubmit: (event: FormEvent) => void
  /** What the server said that belongs to no field. */
  error: Error | null
  /** On the button that sends it. */
  label: string
  busy: boolean
  onCancel: () => void
  /** Its fields. */
  children: ReactNode
}

/** A form that fills a dialog: its fields, what went wrong, Cancel and the button that sends it. */
export function DialogForm({ form, onSubmit, error, label, busy, onCancel, children }: DialogFormProps) {
  return (
    // By POST, so that a form sent before the page listens puts nothing into the address.
    <form className="form" method="post" ref={form} onSubmit={onSubmit} noValidate>
      {children}
      <FormError error={error} />
      <div className="row dialog-actions">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {label}
        </Button>
      </div>
    </form>
  )
}

interface TextFieldProps
  extends Omit<ComponentProps<typeof Input>, 'onChange' | 'value'>,
    Pick<ComponentProps<typeof Field>, 'label' | 'hint' | 'error'> {
  value: string | undefined
  onValueChange: (value: string) => void
}

/** A line of text with its label, and its mistake below. */
export function TextField({ label, hint, error, value, onValueChange, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      <Input {...input} value={value ?? ''} onChange={({ target }) => onValueChange(target.value)} />
    </Field>
  )
}
