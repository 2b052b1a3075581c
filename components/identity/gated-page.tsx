'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { ApiError } from '#lib/client/api'

interface GatedPageProps<T> {
  query: UseQueryResult<T>
  /** What it is about: `"the settings"`. */
  name: string
  loading: ReactNode
  /** The page around its content; a page that is denied has none, it says only that. */
  frame: (content: ReactNode) => ReactNode
  children: (data: T, ended: string | null) => ReactNode
}

const BACK = { href: '/', label: 'To the start page' } as const

/** A page that shows what its query gives, or why it may not. */
export function GatedPage<T>({ query, name, loading, frame, children }: GatedPageProps<T>) {
  const { data, error } = query
  const denied = data === undefined && error instanceof ApiError && error.status === 403
  const content = (
    <AccessGate query={query} name={name} loading={loading} back={BACK}>
      {children}
    </AccessGate>
  )
  return denied ? content : frame(content)
}
