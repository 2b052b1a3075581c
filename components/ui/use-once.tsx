'use client'

import { useState } from 'react'

/** True from the first time that something is: what was opened once stays mounted. */
export function useOnce(now: boolean): boolean {
  const [was, setWas] = useState(now)
  if (now && !was) setWas(true)
  return was || now
}
