import { Gate } from '#components/layout/gate'
import { ButtonLink } from '#components/ui/button'
import { GateHead } from './gate-head'

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <Gate>
      <GateHead title="There is no page here">
        The address may be mistyped, or what stood here has been removed or renamed.
      </GateHead>
      <ButtonLink href="/" variant="primary">
        To the start page
      </ButtonLink>
    </Gate>
  )
}
