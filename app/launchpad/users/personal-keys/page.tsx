import type { Metadata } from 'next'
import { OpenPersonalKeysTab } from '#components/identity/open-pages'

export const metadata: Metadata = { title: 'Personal API keys' }

export default function Page() {
  return <OpenPersonalKeysTab />
}
