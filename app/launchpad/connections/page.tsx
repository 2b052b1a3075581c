import type { Metadata } from 'next'
import { OpenConnectionsPage } from '#components/connections/open-pages'

export const metadata: Metadata = { title: 'Connections' }

export default function Page() {
  return <OpenConnectionsPage />
}
