'use client'

import { type Dispatch, useState } from 'react'
import type { WizardState, WizardStep } from '#lib/domain/datasets/wizard'
import type { PartitioningChange } from '#lib/domain/partitioning/part-choices'

interface Taken {
  what: string
  before: PartitioningChange
  after: PartitioningChange
}

export interface PartitioningUndo {
  /** Takes a partitioning over; `what` says it: `"The suggestion was used."` */
  take: (what: string, change: PartitioningChange) => void
  /** What was taken last, as long as it stands as it was taken. */
  last: string | null
  undo: () => void
}

/** Partitionings that one click takes over and one click takes back. */
export function usePartitioningUndo(state: WizardState, dispatch: Dispatch<WizardStep>): PartitioningUndo {
  const [taken, setTaken] = useState<Taken | null>(null)
  const { dimensions, filePathPattern = '' } = state.definition.partitioning
  const now = { dimensions, filePathPattern }
  const stands = taken !== null && isSame(taken.after, now)
  return {
    take(what, after) {
      setTaken({ what, before: now, after })
      dispatch({ step: 'use-suggestion', partitioning: after })
    },
    last: stands ? taken.what : null,
    undo() {
      if (taken) dispatch({ step: 'use-suggestion', partitioning: taken.before })
      setTaken(null)
    },
  }
}

const isSame = (a: PartitioningChange, b: PartitioningChange) =>
  a.filePathPattern === b.filePathPattern && JSON.stringify(a.dimensions) === JSON.stringify(b.dimensions)
