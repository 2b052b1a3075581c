import type { Metadata } from 'next'
import { OpenWhoCanAccess } from '#components/connections/open-pages'

export const metadata: Metadata = { title: 'Who can access a connection' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const { name } = await params
  return <OpenWhoCanAccess name={decodeURIComponent(name)} />
}
