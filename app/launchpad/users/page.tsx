import type { Metadata } from 'next'
import { UsersTab } from '#components/identity/users-tab'

export const metadata: Metadata = { title: 'Users & access management' }

export default function Page() {
  return <UsersTab />
}
