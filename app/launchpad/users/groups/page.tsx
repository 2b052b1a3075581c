import type { Metadata } from 'next'
import { OpenGroupsTab } from '#components/identity/open-pages'

export const metadata: Metadata = { title: 'Groups' }

export default function Page() {
  return <OpenGroupsTab />
}
