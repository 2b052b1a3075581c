import type { Metadata } from 'next'
import { ConnectionSettings } from '#components/connections/connection-settings'

export const metadata: Metadata = { title: 'Settings of a connection' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const { name } = await params
  return <ConnectionSettings name={decodeURIComponent(name)} />
}
