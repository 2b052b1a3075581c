import type { Metadata } from 'next'
import { GlobalKeysTab } from '#components/identity/global-keys-tab'

export const metadata: Metadata = { title: 'Global API keys' }

export default function Page() {
  return <GlobalKeysTab />
}
