import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query'
import { filesDetection } from '#lib/domain/datasets/files-detection'
import { filesPreview } from '#lib/domain/datasets/files-preview'
import {
  type DefinitionRequest,
  type FilesRequest,
  folderPage,
  type PreviewRequest,
  type ScanCostRequest,
} from '#lib/domain/datasets/files-wire'
import type { PartitionsRequest } from '#lib/domain/datasets/partitions-wire'
import { scanCost } from '#lib/domain/datasets/scan-cost'
import { call } from './api'
import { startedJob } from './jobs'

/** A folder of a connection, page by page. */
export const folderQuery = (request: FilesRequest) =>
  infiniteQueryOptions({
    queryKey: ['files', 'browse', request],
    queryFn: ({ pageParam, signal }) =>
      call('POST', '/api/files/browse', folderPage, {
        body: { ...request, ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

/** The first records of one file, read under settings that need not be saved. */
export const previewQuery = (request: PreviewRequest) =>
  queryOptions({
    queryKey: ['files', 'preview', request],
    queryFn: ({ signal }) => call('POST', '/api/files/preview', filesPreview, { body: request, signal }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })

/** What the files of a definition look like; its format settings do not matter. */
export const detectionQuery = ({ definition }: Pick<DefinitionRequest, 'definition'>) =>
  queryOptions({
    queryKey: ['files', 'detect', definition],
    queryFn: ({ signal }) =>
      call('POST', '/api/files/detect', filesDetection, { body: { definition }, signal }),
    staleTime: 10 * 60_000,
    refetchOnWindowFocus: false,
  })

/** The keys of all that was read in files, which another content of theirs makes old; listings are not among it. */
export const FILE_CONTENTS = [
  ['files', 'preview'],
  ['files', 'detect'],
  ['files', 'schema'],
] as const

/** Asks what List files or List partitions takes, before it is begun. */
export function useScanCost() {
  return useMutation({
    mutationFn: (request: ScanCostRequest) => call('POST', '/api/files/cost', scanCost, { body: request }),
  })
}

/** Starts List files; its job's result is a `filesReport`. */
export function useListFiles() {
  return useMutation({
    mutationFn: (request: DefinitionRequest) =>
      call('POST', '/api/files/list', startedJob, { body: request }),
  })
}

/** Starts List partitions; its job's items are partitions, its result a `partitionsSummary`. */
export function useListPartitions() {
  return useMutation({
    mutationFn: (request: PartitionsRequest) =>
      call('POST', '/api/files/partitions', startedJob, { body: request }),
  })
}
