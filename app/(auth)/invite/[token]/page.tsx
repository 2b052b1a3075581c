import type { Metadata } from 'next'
import { AcceptInvitePage } from '#components/identity/accept-invite-page'
import { LinkEndedPage } from '#components/identity/link-ended-page'
import { Failure } from '#lib/domain/errors'
import { getInvitation } from '#lib/server/identity/accept-invite'

// The address holds the token: it must not reach another page as its referrer.
export const metadata: Metadata = { title: 'Join', referrer: 'no-referrer' }

interface Props {
  params: Promise<{ token: string }>
}

export default async function Page({ params }: Props) {
  const { token } = await params
  const invitation = await getInvitation(token).catch(nullIfEnded)
  return invitation ? <AcceptInvitePage token={token} invitation={invitation} /> : <LinkEndedPage />
}

function nullIfEnded(error: unknown): null {
  if (error instanceof Failure && error.kind === 'not_found') return null
  throw error
}
