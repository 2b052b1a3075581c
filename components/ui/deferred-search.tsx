'use client'

import { useDeferredValue, useState } from 'react'

/** What is typed into a search, and what is asked for: the typing goes first, the question follows once there is time. */
export function useDeferredSearch() {
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search.trim())
  return { search, setSearch, asked, isBehind: asked !== search.trim() }
}
