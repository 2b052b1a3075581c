import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'

interface LoginFieldProps {
  value: string
  onValueChange: (value: string) => void
  error?: string | undefined
}

/** The login of whoever signs in or joins, as password managers know it; keyboards leave its letters alone. */
export function LoginField({ value, onValueChange, error }: LoginFieldProps) {
  return (
    <Field label="Login" error={error}>
      <Input
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
      />
    </Field>
  )
}
