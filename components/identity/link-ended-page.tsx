import { Gate } from '#components/layout/gate'
import { ButtonLink } from '#components/ui/button'
import { GateHead } from './gate-head'

/** A one-time link that does not work any more. */
export function LinkEndedPage() {
  return (
    <Gate>
      <GateHead title="This link has ended">
        It has been used, was withdrawn, or is older than seven days. Ask an administrator for a new one.
      </GateHead>
      <ButtonLink href="/sign-in">To sign in</ButtonLink>
    </Gate>
  )
}
