import type { Metadata } from 'next'
import { WhoCanAccess } from '#components/connections/who-can-access'

export const metadata: Metadata = { title: 'Who can access a connection' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const { name } = await params
  return <WhoCanAccess name={decodeURIComponent(name)} />
}
