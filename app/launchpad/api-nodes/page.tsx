import type { Metadata } from 'next'
import { NodesPage } from '#components/api-nodes/nodes-page'

export const metadata: Metadata = { title: 'API nodes' }

export default function Page() {
  return <NodesPage />
}
