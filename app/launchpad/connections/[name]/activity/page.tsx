import type { Metadata } from 'next'
import { OpenConnectionActivity } from '#components/connections/open-pages'

export const metadata: Metadata = { title: 'Activity of a connection' }

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  const { name } = await params
  return <OpenConnectionActivity name={decodeURIComponent(name)} />
}
