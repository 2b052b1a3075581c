import type { Metadata } from 'next'
import { MembersPage } from '#components/projects/members-page'

export const metadata: Metadata = { title: 'Members' }

export default async function Page({ params }: { params: Promise<{ projectKey: string }> }) {
  const { projectKey } = await params
  return <MembersPage projectKey={projectKey} />
}
