import type { Metadata } from 'next'
import { ExtensionPage } from '#components/extensions/extension-page'

export const metadata: Metadata = { title: 'Extension' }

export default async function Page({ params }: { params: Promise<{ key: string }> }) {
  const { key } = await params
  return <ExtensionPage extensionKey={key} />
}
