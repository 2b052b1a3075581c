import type { Metadata } from 'next'
import { PersonalKeysTab } from '#components/identity/personal-keys-tab'

export const metadata: Metadata = { title: 'Personal API keys' }

export default function Page() {
  return <PersonalKeysTab />
}
