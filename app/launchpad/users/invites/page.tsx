import type { Metadata } from 'next'
import { OpenInvitesTab } from '#components/identity/open-pages'

export const metadata: Metadata = { title: 'Invitations' }

export default function Page() {
  return <OpenInvitesTab />
}
