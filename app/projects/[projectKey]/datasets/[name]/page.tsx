import { redirect } from 'next/navigation'
import { datasetAddress } from '#components/datasets/dataset-address'

/** A dataset opens in Explore. */
export default async function Page({ params }: { params: Promise<{ projectKey: string; name: string }> }) {
  const { projectKey, name } = await params
  redirect(datasetAddress(projectKey, decodeURIComponent(name), 'explore'))
}
