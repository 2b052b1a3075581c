import type { Metadata } from 'next'
import { OpenMetricsPage } from '#components/datasets/open-pages'

interface Props {
  params: Promise<{ projectKey: string; name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).name)} · Metrics` }
}

export default async function Page({ params }: Props) {
  const { projectKey, name } = await params
  return <OpenMetricsPage projectKey={projectKey} name={decodeURIComponent(name)} />
}
