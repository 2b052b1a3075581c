'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { HEAD_ACTIONS_ID } from './connection-frame'

/** Puts a tab's actions into the head of the page, whose state stays with the tab. */
export function HeadActions({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState<HTMLElement | null>(null)
  useEffect(() => setPlace(document.getElementById(HEAD_ACTIONS_ID)), [])
  return place && createPortal(children, place)
}
