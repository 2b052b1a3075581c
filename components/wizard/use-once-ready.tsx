'use client'

import { useEffect, useState } from 'react'

/** Runs what was asked for as soon as it can be: at once, or when what it waits for is there. */
export function useOnceReady(isReady: boolean, run: () => void): { ask: () => void; waiting: boolean } {
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    if (!asked || !isReady) return
    setAsked(false)
    run()
  })
  return { ask: () => setAsked(true), waiting: asked && !isReady }
}
