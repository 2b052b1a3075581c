import type { Metadata } from 'next'
import { LinkEndedPage } from '#components/identity/link-ended-page'
import { ResetPage } from '#components/identity/reset-page'
import { Failure } from '#lib/domain/errors'
import { getResetOffer } from '#lib/server/identity/resets'

// The address holds the token: it must not reach another page as its referrer.
export const metadata: Metadata = { title: 'Set a new password', referrer: 'no-referrer' }

interface Props {
  params: Promise<{ token: string }>
}

export default async function Page({ params }: Props) {
  const { token } = await params
  const offer = await getResetOffer(token).catch(nullIfEnded)
  return offer ? <ResetPage token={token} offer={offer} /> : <LinkEndedPage />
}

function nullIfEnded(error: unknown): null {
  if (error instanceof Failure && error.kind === 'not_found') return null
  throw error
}
