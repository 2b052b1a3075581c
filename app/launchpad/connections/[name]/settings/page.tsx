import type { Metadata } from 'next'
import { OpenConnectionSettings } from '#components/connections/open-pages'

export const metadata: Metadata = { title: 'Settings of a connection' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const { name } = await params
  return <OpenConnectionSettings name={decodeURIComponent(name)} />
}
