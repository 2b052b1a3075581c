'use client'

import { useMemo } from 'react'
import { useStored } from '#components/ui/stored'
import {
  type Arrangement,
  moveColumn,
  orderColumns,
  type PlacedColumn,
  parseArrangement,
  showColumns,
} from './grid-layout'
import { clampWidth, type GridColumn } from './grid-model'

export interface GridLayout {
  /** All columns in the person's order. */
  ordered: PlacedColumn[]
  /** Those that are shown. */
  shown: PlacedColumn[]
  setWidth: (id: string, widthPx: number) => void
  setHidden: (id: string, hidden: boolean) => void
  move: (id: string, by: -1 | 1) => void
  reset: () => void
}

/** The columns as this person arranged them, kept in the browser under a key: `"explore:<dataset id>"`. */
export function useGridLayout(storageKey: string, columns: readonly GridColumn[]): GridLayout {
  const [stored, store] = useStored(`launchpad:grid:${storageKey}`)
  return useMemo(() => {
    const arrangement = parseArrangement(stored)
    const ordered = orderColumns(columns, arrangement)
    const change = (part: Partial<Arrangement>) => store(JSON.stringify({ ...arrangement, ...part }))
    return {
      ordered,
      shown: showColumns(ordered, arrangement),
      setWidth: (id, widthPx) => change({ widthsPx: { ...arrangement.widthsPx, [id]: clampWidth(widthPx) } }),
      setHidden: (id, hidden) => {
        const others = arrangement.hidden.filter((other) => other !== id)
        change({ hidden: hidden ? [...others, id] : others })
      },
      move: (id, by) => change({ order: moveColumn(ordered, id, by) }),
      reset: () => store(null),
    }
  }, [stored, store, columns])
}
