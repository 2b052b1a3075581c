import type { Metadata } from 'next'
import { ConnectionPermissions } from '#components/connections/connection-permissions'

export const metadata: Metadata = { title: 'Permissions of a connection' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const { name } = await params
  return <ConnectionPermissions name={decodeURIComponent(name)} />
}
