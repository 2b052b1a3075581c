import type { Metadata } from 'next'
import { ConnectionOverview } from '#components/connections/connection-overview'

export const metadata: Metadata = { title: 'Connection' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const { name } = await params
  return <ConnectionOverview name={decodeURIComponent(name)} />
}
