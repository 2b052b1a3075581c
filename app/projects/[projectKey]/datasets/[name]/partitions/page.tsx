import type { Metadata } from 'next'
import { OpenPartitionsPage } from '#components/datasets/open-pages'

interface Props {
  params: Promise<{ projectKey: string; name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).name)} · Partitions` }
}

export default async function Page({ params }: Props) {
  const { projectKey, name } = await params
  return <OpenPartitionsPage projectKey={projectKey} name={decodeURIComponent(name)} />
}
