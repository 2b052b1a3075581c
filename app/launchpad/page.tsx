import type { Metadata } from 'next'
import { OpenOverviewPage } from '#components/overview/open-pages'

export const metadata: Metadata = { title: 'Overview' }

export default function Page() {
  return <OpenOverviewPage />
}
