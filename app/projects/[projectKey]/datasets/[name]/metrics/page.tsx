import type { Metadata } from 'next'
import { MetricsPage } from '#components/datasets/metrics-page'

interface Props {
  params: Promise<{ projectKey: string; name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).name)} · Metrics` }
}

export default async function Page({ params }: Props) {
  const { projectKey, name } = await params
  return <MetricsPage projectKey={projectKey} name={decodeURIComponent(name)} />
}
