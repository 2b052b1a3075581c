import type { Metadata } from 'next'
import { OpenApiDocsPage } from '#components/api-docs/open-pages'

export const metadata: Metadata = { title: 'API' }

export default function Page() {
  return <OpenApiDocsPage />
}
