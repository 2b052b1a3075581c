import type { Metadata } from 'next'
import { OpenFlowPage } from '#components/projects/open-pages'

export const metadata: Metadata = { title: 'Flow' }

export default async function Page({ params }: { params: Promise<{ projectKey: string }> }) {
  const { projectKey } = await params
  return <OpenFlowPage projectKey={projectKey} />
}
