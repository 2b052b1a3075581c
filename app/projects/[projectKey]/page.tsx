import { redirect } from 'next/navigation'
import { flowAddress } from '#components/datasets/dataset-address'

/** A project opens in its Flow. */
export default async function Page({ params }: { params: Promise<{ projectKey: string }> }) {
  redirect(flowAddress((await params).projectKey))
}
