import type { Metadata } from 'next'
import { OpenExtensionPage } from '#components/extensions/open-pages'

export const metadata: Metadata = { title: 'Extension' }

export default async function Page({ params }: { params: Promise<{ key: string }> }) {
  const { key } = await params
  return <OpenExtensionPage extensionKey={key} />
}
