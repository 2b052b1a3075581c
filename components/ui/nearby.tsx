'use client'

import { type ReactNode, type RefObject, useRef } from 'react'

/**
 * A place beside a trigger for what floats from it. It stays inside the landmark of its trigger, so that a screen
 * reader finds it there; its position is fixed, so that nothing cuts it off.
 */
export function useNearby(): { container: RefObject<HTMLSpanElement | null>; place: ReactNode } {
  const container = useRef<HTMLSpanElement>(null)
  return { container, place: <span ref={container} className="nearby" /> }
}
