import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { type DatasetCreation, type DatasetSave, dataset, datasetList } from '#lib/domain/datasets/wire'
import { call } from './api'

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
    queryFn: ({ signal }) => call('GET', pathOf(projectKey, name), dataset, { signal }),
  })

export function useCreateDataset(projectKey: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: DatasetCreation) =>
      call('POST', home(projectKey), z.object({ name: z.string() }), { body: input }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects', projectKey] }),
  })
}

export function useSaveDataset(projectKey: string, name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: DatasetSave) => call('PUT', pathOf(projectKey, name), null, { body: input }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects', projectKey, 'datasets'] }),
  })
}

export function useDeleteDataset(projectKey: string, name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call('DELETE', pathOf(projectKey, name), null),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects', projectKey, 'datasets'] }),
  })
}
