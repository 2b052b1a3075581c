import type { Metadata } from 'next'
import { GroupsTab } from '#components/identity/groups-tab'

export const metadata: Metadata = { title: 'Groups' }

export default function Page() {
  return <GroupsTab />
}
