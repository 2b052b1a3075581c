import type { Metadata } from 'next'
import { OpenExtensionsPage } from '#components/extensions/open-pages'

export const metadata: Metadata = { title: 'Extensions' }

export default function Page() {
  return <OpenExtensionsPage />
}
