'use client'

import { ErrorLine } from '#components/ui/error-line'
import { Input } from '#components/ui/input'

interface NameFieldProps {
  id: string
  name: string
  error: string | undefined
  onNameChange: (name: string) => void
}

/** The name of the dataset to be, beside the title. */
export function NameField({ id, name, error, onNameChange }: NameFieldProps) {
  return (
    <div className="name relative flex-none max-md:flex-wrap">
      <label htmlFor={id}>Dataset name</label>
      <Input
        mono
        id={id}
        spellCheck={false}
        value={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={({ target }) => onNameChange(target.value)}
      />
      {error && (
        <div className="md:absolute md:top-full md:right-0 md:mt-1 md:whitespace-nowrap">
          <ErrorLine id={`${id}-error`}>{error}</ErrorLine>
        </div>
      )}
    </div>
  )
}
