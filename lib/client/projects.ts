import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import * as z from 'zod'
import {
  type ProjectCreation,
  type ProjectMembersChange,
  type ProjectOwnerChange,
  project,
  projectList,
  projectPrincipals,
} from '#lib/domain/projects/wire'
import { call } from './api'

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => call('GET', '/api/projects', projectList, { signal }),
})

export const projectQuery = (projectKey: string) =>
  queryOptions({
    queryKey: ['projects', projectKey],
    queryFn: ({ signal }) => call('GET', `/api/projects/${projectKey}`, project, { signal }),
  })

export const projectPrincipalsQuery = (projectKey: string, query: string) =>
  queryOptions({
    queryKey: ['projects', projectKey, 'principals', { query }],
    queryFn: ({ signal }) =>
      call('GET', `/api/projects/${projectKey}/principals`, projectPrincipals, {
        query: { q: query },
        signal,
      }),
    placeholderData: keepPreviousData,
  })

export function useCreateProject() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: ProjectCreation) =>
      call('POST', '/api/projects', z.object({ key: z.string() }), { body: input }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects'] }),
  })
}

export function useDeleteProject() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (projectKey: string) => call('DELETE', `/api/projects/${projectKey}`, null),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects'] }),
  })
}

export function useSaveProjectMembers(projectKey: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: ProjectMembersChange) =>
      call('PUT', `/api/projects/${projectKey}/members`, null, { body: input }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects', projectKey] }),
  })
}

export function useHandOverProject(projectKey: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: ProjectOwnerChange) =>
      call('PUT', `/api/projects/${projectKey}/owner`, null, { body: input }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['projects', projectKey] }),
  })
}
