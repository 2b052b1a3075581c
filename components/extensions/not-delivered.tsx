'use client'

import { Time, useNowMs } from '#components/ui/time'

interface NotDeliveredProps {
  /** What the store said; null before anything was tried. */
  error: string | null
  nextAttemptAt: string | null
}

/** Why events wait and when they are tried next: `"The store asks to slow down. Next try in 20 s; nothing is lost."` */
export function NotDelivered({ error, nextAttemptAt }: NotDeliveredProps) {
  const nowMs = useNowMs()
  const isAhead = nextAttemptAt !== null && nowMs !== null && Date.parse(nextAttemptAt) > nowMs
  return (
    <p>
      {(error ?? 'No worker has tried yet').replace(/\.$/, '')}.{' '}
      {isAhead ? (
        <>
          Next try <Time at={nextAttemptAt} />; nothing is lost.
        </>
      ) : (
        'It is being tried; nothing is lost.'
      )}
    </p>
  )
}
