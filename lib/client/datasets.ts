import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import * as z from 'zod'
import type { DatasetListingQuery, ListingScope } from '#lib/domain/datasets/files-wire'
import { datasetPartitions, partitionFiles } from '#lib/domain/datasets/partitions-wire'
import { type SampleExportRequest, type SampleRequest, sample } from '#lib/domain/datasets/sample-wire'
import { scanCost } from '#lib/domain/datasets/scan-cost'
import { type DatasetCreation, type DatasetSave, dataset, datasetList } from '#lib/domain/datasets/wire'
import { call, callFile } from './api'
import { draftQuery, refreshWithout } from './drafts'
import { exactJson } from './exact-json'
import { startedJob } from './jobs'

const home = (projectKey: string) => `/api/projects/${encodeURIComponent(projectKey)}/datasets`
const pathOf = (projectKey: string, name: string) => `${home(projectKey)}/${encodeURIComponent(name)}`

export const datasetsQuery = (projectKey: string) =>
  queryOptions({
    queryKey: ['projects', projectKey, 'datasets'],
    queryFn: ({ signal }) => call('GET', home(projectKey), datasetList, { signal }),
  })

export const datasetQuery = (projectKey: string, name: string) =>
  queryOptions({
    queryKey: ['projects', projectKey, 'datasets', name],
    queryFn: ({ signal }) => call('GET', pathOf(projectKey, name), dataset, { signal, json: exactJson }),
  })

export function useCreateDataset(projectKey: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: DatasetCreation) =>
      call('POST', home(projectKey), z.object({ name: z.string() }), { body: input, json: exactJson }),
    // Its draft has become the dataset.
    onSuccess: (_, { draftId }) =>
      refreshWithout(
        client,
        ['projects', projectKey],
        draftId === undefined ? null : draftQuery(projectKey, draftId).queryKey,
      ),
  })
}

export function useSaveDataset(projectKey: string, name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: DatasetSave) =>
      call('PUT', pathOf(projectKey, name), null, { body: input, json: exactJson }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects', projectKey, 'datasets'] }),
  })
}

export function useDeleteDataset(projectKey: string, name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call('DELETE', pathOf(projectKey, name), null),
    // Its own page would ask for what is gone.
    onSuccess: () =>
      client.invalidateQueries({ queryKey: ['projects', projectKey, 'datasets'], exact: true }),
  })
}

export const sampleQuery = (projectKey: string, name: string, request: Partial<SampleRequest> = {}) =>
  queryOptions({
    queryKey: ['projects', projectKey, 'datasets', name, 'sample', request],
    queryFn: ({ signal }) =>
      call('GET', `${pathOf(projectKey, name)}/sample`, sample, { query: request, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })

export const partitionsQuery = (projectKey: string, name: string) =>
  queryOptions({
    queryKey: ['projects', projectKey, 'datasets', name, 'partitions'],
    queryFn: ({ signal }) =>
      call('GET', `${pathOf(projectKey, name)}/partitions`, datasetPartitions, { signal }),
  })

/** The files of one partition, page by page. */
export const partitionFilesQuery = (projectKey: string, name: string, partition: string) =>
  infiniteQueryOptions({
    queryKey: ['projects', projectKey, 'datasets', name, 'partitions', 'files', { partition }],
    queryFn: ({ pageParam, signal }) =>
      call('GET', `${pathOf(projectKey, name)}/partitions/files`, partitionFiles, {
        query: { partition, ...(pageParam === null ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchOnWindowFocus: false,
  })

/** Reads a sample anew, as a file. */
export function useExportSample(projectKey: string, name: string) {
  return useMutation({
    mutationFn: (query: Partial<SampleExportRequest>) =>
      callFile(`${pathOf(projectKey, name)}/sample/export`, { query }),
  })
}

/** Asks what a new listing takes, before it is begun. */
export function useDatasetScanCost(projectKey: string, name: string) {
  return useMutation({
    mutationFn: (query: DatasetListingQuery) =>
      call('GET', `${pathOf(projectKey, name)}/partitions/cost`, scanCost, { query }),
  })
}

/** Starts a new listing; read its progress with `jobQuery`, and the result with `partitionsQuery` once it is done. */
export function useListDatasetPartitions(projectKey: string, name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (scope: ListingScope) =>
      call('POST', `${pathOf(projectKey, name)}/partitions`, startedJob, {
        query: scope === 'matching' ? {} : { scope },
      }),
    onSuccess: ({ jobId }) => {
      // The job is told at once, so that its progress shows before the next look.
      const { queryKey } = partitionsQuery(projectKey, name)
      client.setQueryData(queryKey, (before) => before && { ...before, jobId })
    },
  })
}
