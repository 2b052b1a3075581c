import type { Metadata } from 'next'
import { OpenConnectionPermissions } from '#components/connections/open-pages'

export const metadata: Metadata = { title: 'Permissions of a connection' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const { name } = await params
  return <OpenConnectionPermissions name={decodeURIComponent(name)} />
}
