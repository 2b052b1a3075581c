import type { Metadata } from 'next'
import { OpenUsersTab } from '#components/identity/open-pages'

export const metadata: Metadata = { title: 'Users & access management' }

export default function Page() {
  return <OpenUsersTab />
}
