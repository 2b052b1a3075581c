import { NotDelivered } from '#components/extensions/not-delivered'
import { Banner } from '#components/ui/banner'
import { ButtonLink } from '#components/ui/button'
import { formatClock, formatQuantity } from '#lib/domain/format'
import type { DeliveryTrouble } from '#lib/domain/overview/wire'

/** What is not delivered although it should be, first thing on the page. */
export function Troubles({ troubles }: { troubles: readonly DeliveryTrouble[] }) {
  return troubles.map(({ label, since, waiting, lastError, nextAttemptAt }) => (
    <Banner
      key={label}
      tone="warn"
      title={`${label} is not delivered since ${formatClock(new Date(since))} · ${formatQuantity(waiting, 'event')} waiting`}
      actions={<ButtonLink href="/launchpad/extensions">Show delivery</ButtonLink>}
    >
      <NotDelivered error={lastError} nextAttemptAt={nextAttemptAt} />
    </Banner>
  ))
}
