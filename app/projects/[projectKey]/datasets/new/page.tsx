import type { Metadata } from 'next'
import { OpenWizard } from '#components/wizard/open-wizard'

export const metadata: Metadata = { title: 'New Amazon S3 dataset' }

export default async function Page({ params }: { params: Promise<{ projectKey: string }> }) {
  const { projectKey } = await params
  return <OpenWizard projectKey={projectKey} />
}
