import type { Metadata } from 'next'
import { SettingsPage } from '#components/datasets/settings-page'

interface Props {
  params: Promise<{ projectKey: string; name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).name)} · Settings` }
}

export default async function Page({ params }: Props) {
  const { projectKey, name } = await params
  return <SettingsPage projectKey={projectKey} name={decodeURIComponent(name)} />
}
