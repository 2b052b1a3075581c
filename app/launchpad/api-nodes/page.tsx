import type { Metadata } from 'next'
import { OpenNodesPage } from '#components/api-nodes/open-pages'

export const metadata: Metadata = { title: 'API nodes' }

export default function Page() {
  return <OpenNodesPage />
}
