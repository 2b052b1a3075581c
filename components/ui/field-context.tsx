'use client'

import { createContext, useContext } from 'react'

interface FieldWiring {
  id: string
  describedBy: string | undefined
  invalid: boolean
  required: boolean
}

/** What a `Field` tells the control inside it. */
export const FieldContext = createContext<FieldWiring | null>(null)

interface ControlProps {
  id?: string | undefined
  'aria-describedby'?: string | undefined
  'aria-invalid'?: React.AriaAttributes['aria-invalid']
  'aria-required'?: React.AriaAttributes['aria-required']
}

/** The id and aria attributes of a control: its own win, the rest come from the `Field` around it. */
export function useFieldControl(own: ControlProps): ControlProps {
  const field = useContext(FieldContext)
  if (!field) return {}
  const describedBy = [own['aria-describedby'], field.describedBy].filter(Boolean).join(' ')
  return {
    id: own.id ?? field.id,
    ...(describedBy && { 'aria-describedby': describedBy }),
    ...((own['aria-invalid'] ?? field.invalid) && { 'aria-invalid': own['aria-invalid'] ?? true }),
    ...((own['aria-required'] ?? field.required) && { 'aria-required': true }),
  }
}
