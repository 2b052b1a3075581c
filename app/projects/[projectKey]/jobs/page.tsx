import type { Metadata } from 'next'
import { JobsPage } from '#components/jobs/jobs-page'

export const metadata: Metadata = { title: 'Jobs' }

export default async function Page({ params }: { params: Promise<{ projectKey: string }> }) {
  const { projectKey } = await params
  return <JobsPage projectKey={projectKey} />
}
