import type { Metadata } from 'next'
import { OpenConnectionOverview } from '#components/connections/open-pages'

export const metadata: Metadata = { title: 'Connection' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const { name } = await params
  return <OpenConnectionOverview name={decodeURIComponent(name)} />
}
