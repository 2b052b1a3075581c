'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { FILE_CONTENTS } from '#lib/client/files'
import type { FilesReport } from '#lib/domain/datasets/files-wire'
import type { Listing } from './use-listing'

/** Reads previews, detection and columns again where a listing finds other files than the one before it of the same place. */
export function useChangedFiles({
  report,
  reportOf,
}: Pick<Listing<FilesReport>, 'report' | 'reportOf'>): void {
  const client = useQueryClient()
  const before = useRef<{ of: string; files: string } | null>(null)
  useEffect(() => {
    if (report === null || reportOf === null) return
    const last = before.current
    const files = JSON.stringify([report.kept, report.keptBytes, report.newest[0]])
    before.current = { of: reportOf, files }
    if (last?.of !== reportOf || last.files === files) return
    for (const queryKey of FILE_CONTENTS) void client.invalidateQueries({ queryKey })
  }, [client, report, reportOf])
}
