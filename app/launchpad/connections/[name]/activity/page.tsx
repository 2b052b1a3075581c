import type { Metadata } from 'next'
import { ConnectionActivity } from '#components/connections/connection-activity'

export const metadata: Metadata = { title: 'Activity of a connection' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const { name } = await params
  return <ConnectionActivity name={decodeURIComponent(name)} />
}
