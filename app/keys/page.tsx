import type { Metadata } from 'next'
import { KeysPage } from '#components/identity/keys-page'

export const metadata: Metadata = { title: 'Your API keys' }

export default function Page() {
  return <KeysPage />
}
