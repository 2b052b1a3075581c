'use client'

import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { PasswordMeter, sayPassword } from './password-meter'

interface NewPasswordFieldProps {
  label?: string
  value: string
  onValueChange: (value: string) => void
  error?: string | undefined
}

/** A password to be, with how long it is. */
export function NewPasswordField({ label = 'Password', value, onValueChange, error }: NewPasswordFieldProps) {
  return (
    <div>
      <Field label={label} hint={sayPassword(value)} error={error} required>
        <Input
          type="password"
          name="password"
          autoComplete="new-password"
          value={value}
          onChange={(event) => onValueChange(event.target.value)}
        />
        <PasswordMeter password={value} />
      </Field>
    </div>
  )
}
