import type { Metadata } from 'next'
import { OpenMembersPage } from '#components/projects/open-pages'

export const metadata: Metadata = { title: 'Members' }

export default async function Page({ params }: { params: Promise<{ projectKey: string }> }) {
  const { projectKey } = await params
  return <OpenMembersPage projectKey={projectKey} />
}
