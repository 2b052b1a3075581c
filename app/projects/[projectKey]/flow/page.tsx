import type { Metadata } from 'next'
import { FlowPage } from '#components/flow/flow-page'

export const metadata: Metadata = { title: 'Flow' }

export default async function Page({ params }: { params: Promise<{ projectKey: string }> }) {
  const { projectKey } = await params
  return <FlowPage projectKey={projectKey} />
}
