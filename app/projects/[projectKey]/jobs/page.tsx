import type { Metadata } from 'next'
import { OpenJobsPage } from '#components/projects/open-pages'

export const metadata: Metadata = { title: 'Jobs' }

export default async function Page({ params }: { params: Promise<{ projectKey: string }> }) {
  const { projectKey } = await params
  return <OpenJobsPage projectKey={projectKey} />
}
