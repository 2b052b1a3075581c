import type { Metadata } from 'next'
import { OpenSettingsPage } from '#components/identity/open-pages'

export const metadata: Metadata = { title: 'Settings' }

export default function Page() {
  return <OpenSettingsPage />
}
