import type { Metadata } from 'next'
import { OpenProjectsPage } from '#components/projects/open-pages'

export const metadata: Metadata = { title: 'Projects' }

export default function Page() {
  return <OpenProjectsPage />
}
