import type { Metadata } from 'next'
import { OpenKeysPage } from '#components/identity/open-pages'

export const metadata: Metadata = { title: 'Your API keys' }

export default function Page() {
  return <OpenKeysPage />
}
