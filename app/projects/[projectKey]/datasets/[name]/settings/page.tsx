import type { Metadata } from 'next'
import { OpenSettingsPage } from '#components/datasets/open-pages'

interface Props {
  params: Promise<{ projectKey: string; name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).name)} · Settings` }
}

export default async function Page({ params }: Props) {
  const { projectKey, name } = await params
  return <OpenSettingsPage projectKey={projectKey} name={decodeURIComponent(name)} />
}
