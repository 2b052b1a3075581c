import type { Metadata } from 'next'
import { OpenGlobalKeysTab } from '#components/identity/open-pages'

export const metadata: Metadata = { title: 'Global API keys' }

export default function Page() {
  return <OpenGlobalKeysTab />
}
