'use client'

import type { KeyboardEvent, PointerEvent } from 'react'
import { useStored } from '#components/ui/stored'

const LEAST_PERCENT = 30
const MOST_PERCENT = 75
const STEP_PERCENT = 5

/** How wide the form is beside the preview, in percent; kept in this browser once someone has moved it. */
export function useSplit(beginPercent: number): [number, (percent: number) => void] {
  const [stored, store] = useStored('launchpad:wizard-split')
  const kept = Number(stored)
  const percent = stored !== null && kept >= LEAST_PERCENT && kept <= MOST_PERCENT ? kept : beginPercent
  const set = (next: number) =>
    store(String(Math.round(Math.max(LEAST_PERCENT, Math.min(MOST_PERCENT, next)))))
  return [percent, set]
}

/** The line between form and preview: drag it, or move it by arrows, Home and End. */
export function Splitter({ percent, onMove }: { percent: number; onMove: (percent: number) => void }) {
  function onKeyDown(event: KeyboardEvent) {
    const moves: Record<string, number> = {
      ArrowLeft: percent - STEP_PERCENT,
      ArrowRight: percent + STEP_PERCENT,
      Home: LEAST_PERCENT,
      End: MOST_PERCENT,
    }
    const next = moves[event.key]
    if (next === undefined) return
    event.preventDefault()
    onMove(next)
  }
  function onPointerMove(event: PointerEvent<HTMLElement>) {
    const { currentTarget, pointerId, clientX } = event
    const body = currentTarget.parentElement
    if (!body || !currentTarget.hasPointerCapture(pointerId)) return
    const { left, width } = body.getBoundingClientRect()
    onMove(((clientX - left) / width) * 100)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no hr
    <div
      className="splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the preview"
      aria-valuemin={LEAST_PERCENT}
      aria-valuemax={MOST_PERCENT}
      aria-valuenow={Math.round(percent)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onPointerMove}
    />
  )
}
