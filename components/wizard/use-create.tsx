'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { showSuccess } from '#components/ui/toast'
import { ApiError } from '#lib/client/api'
import { useCreateDataset } from '#lib/client/datasets'
import { doColumnsFollow, reduceWizard } from '#lib/domain/datasets/wizard'
import { useIsDetecting } from './use-detection'
import type { useDraft } from './use-draft'
import { useOnceReady } from './use-once-ready'
import type { WizardSource } from './use-wizard-source'

/** Creates the dataset, as soon as its files are told and its columns read, and goes to it. */
export function useCreate(projectKey: string, control: ReturnType<typeof useDraft>, source: WizardSource) {
  const router = useRouter()
  const { state, draftId } = control
  const { step: followed, reading: columnsAreRead } = source.columns
  const create = useCreateDataset(projectKey)
  const nameRefusal = useNameRefusal(create.error, state.name)
  const isDetecting = useIsDetecting(source, state)
  const isReady = !isDetecting && (!columnsAreRead || !doColumnsFollow(state))
  const { ask, waiting } = useOnceReady(isReady, () => {
    control.pause()
    // What was found a moment ago is not in the state yet.
    const { definition } = followed ? reduceWizard(state, followed) : state
    create.mutate(
      { name: state.name, definition, ...(draftId ? { draftId } : {}) },
      {
        onSuccess: ({ name }) => {
          const address = `/projects/${projectKey}/datasets/${encodeURIComponent(name)}`
          router.replace(`${address}/explore`)
          if (definition.partitioning.dimensions.length > 0) showSuccess(<ListingBegun address={address} />)
        },
        onError: control.resume,
      },
    )
  })
  return {
    onCreate: ask,
    busy: waiting || create.isPending || create.isSuccess,
    /** What it waits for before it can be sent. */
    waitsFor: waiting ? 'Looking at the files…' : null,
    /** What the server says of the name, for as long as it is that name. */
    nameRefusal,
    /** What it says of all else. */
    error: nameRefusal === undefined ? create.error : null,
  }
}

/** Creation lists the partitions: where that goes on, and can be stopped. */
const ListingBegun = ({ address }: { address: string }) => (
  <>
    Its partitions are being listed.{' '}
    <Link className="underline" href={`${address}/partitions`}>
      Show the listing
    </Link>
  </>
)

function useNameRefusal(error: unknown, name: string): string | undefined {
  const [refused, setRefused] = useState<{ error: unknown; name: string } | null>(null)
  if (error && refused?.error !== error) setRefused({ error, name })
  if (!(error instanceof ApiError) || error.problem.details.where !== 'Dataset name') return undefined
  const { detail, details } = error.problem
  return refused?.name === name ? `${detail} ${details.remedy ?? ''}`.trim() : undefined
}
