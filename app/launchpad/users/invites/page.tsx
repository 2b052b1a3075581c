import type { Metadata } from 'next'
import { InvitesTab } from '#components/identity/invites-tab'

export const metadata: Metadata = { title: 'Invitations' }

export default function Page() {
  return <InvitesTab />
}
