'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { folderQuery } from '#lib/client/files'
import { parentOf, toEntries } from './browse-model'

export interface BrowsedPlace {
  connection: string
  bucket: string | null
  /** The folder it opens in. */
  start: string
}

/** The folder that is open, its entries as far as they are loaded, and the ways to others. */
export function useBrowsedFolder({ connection, bucket, start }: BrowsedPlace) {
  const [at, setAt] = useState({ folder: start, from: null as string | null })
  const query = useInfiniteQuery({ ...folderQuery({ connection, bucket, path: at.folder }), retry: false })
  const { data, isFetching, fetchNextPage } = query
  const entries = useMemo(() => toEntries(data?.pages ?? []), [data])
  const loadMore = useCallback(() => {
    if (!isFetching) void fetchNextPage()
  }, [isFetching, fetchNextPage])
  const parent = parentOf(at.folder)
  return {
    ...at,
    query,
    entries,
    loadMore,
    /** Opens another folder; `from` is the entry in it that one came from. */
    go: (folder: string, from: string | null = null) => setAt({ folder, from }),
    parent,
  }
}

export type BrowsedFolder = ReturnType<typeof useBrowsedFolder>
