import type { Metadata } from 'next'
import { OpenNewConnectionPage } from '#components/connections/open-pages'

export const metadata: Metadata = { title: 'Add a connection' }

export default function Page() {
  return <OpenNewConnectionPage />
}
