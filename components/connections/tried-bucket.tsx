'use client'

import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'

/** With free selection of the bucket, a test needs one to try. */
export function TriedBucket({
  value,
  onValueChange,
}: {
  value: string
  onValueChange: (value: string) => void
}) {
  return (
    <Field label="Bucket to test with" hint="Only for the test: each dataset names its own.">
      <Input
        mono
        width="l"
        spellCheck={false}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
      />
    </Field>
  )
}
