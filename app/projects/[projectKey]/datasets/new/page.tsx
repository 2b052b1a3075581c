import type { Metadata } from 'next'
import { WizardPage } from '#components/wizard/wizard-page'

export const metadata: Metadata = { title: 'New Amazon S3 dataset' }

export default async function Page({ params }: { params: Promise<{ projectKey: string }> }) {
  const { projectKey } = await params
  return <WizardPage projectKey={projectKey} />
}
