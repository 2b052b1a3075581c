'use client'

import type { FieldsProps } from './connection-form'
import { CredentialFields } from './credential-fields'
import { PlaceFields } from './place-fields'
import { WritingFields } from './writing-fields'

/** All settings of a connection of one's own, in the order one needs them. */
export function ConnectionFields(props: FieldsProps) {
  return (
    <fieldset disabled={props.disabled} className="form">
      <CredentialFields {...props} />
      <PlaceFields {...props} />
      <WritingFields {...props} />
    </fieldset>
  )
}
