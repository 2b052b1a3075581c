import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import * as z from 'zod'
import { permissionEffects } from '#lib/domain/connections/effects'
import type { PermissionState } from '#lib/domain/connections/permissions'
import { testResult } from '#lib/domain/connections/test-result'
import { connectionAccess, connectionDependents } from '#lib/domain/connections/who-can-access'
import {
  activityPage,
  type ConnectionChange,
  type ConnectionCreation,
  type ConnectionTestRequest,
  connectionDetail,
  connectionFormFacts,
  connectionList,
  connectionPermissions,
  type DraftTestRequest,
  type PermissionsChange,
  permissionsHistory,
  principalList,
} from '#lib/domain/connections/wire'
import { call } from './api'

const ROOT = '/api/connections'
const at = (name: string, rest = '') => `${ROOT}/${encodeURIComponent(name)}${rest}`

export const connectionsQuery = () =>
  queryOptions({
    queryKey: ['connections'],
    queryFn: ({ signal }) => call('GET', ROOT, connectionList, { signal }),
  })

export const connectionQuery = (name: string) =>
  queryOptions({
    queryKey: ['connections', name],
    queryFn: ({ signal }) => call('GET', at(name), connectionDetail, { signal }),
  })

export const connectionFormQuery = () =>
  queryOptions({
    queryKey: ['connections', 'test'],
    queryFn: ({ signal }) => call('GET', `${ROOT}/test`, connectionFormFacts, { signal }),
  })

export const permissionsQuery = (name: string) =>
  queryOptions({
    queryKey: ['connections', name, 'permissions'],
    queryFn: ({ signal }) => call('GET', at(name, '/permissions'), connectionPermissions, { signal }),
    // A draft stands on what was read: it is compared when saved, not replaced while one edits.
    refetchOnWindowFocus: false,
  })

/** What a draft would change, counted by the server; the old count stays while a new one comes. */
export const permissionEffectsQuery = (name: string, draft: PermissionState) =>
  queryOptions({
    queryKey: ['connections', name, 'permissions', 'preview', draft],
    queryFn: ({ signal }) =>
      call('POST', at(name, '/permissions/preview'), permissionEffects, { body: draft, signal }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  })

export const permissionsHistoryQuery = (name: string) =>
  queryOptions({
    queryKey: ['connections', name, 'permissions', 'history'],
    queryFn: ({ signal }) => call('GET', at(name, '/permissions/history'), permissionsHistory, { signal }),
  })

export const accessQuery = (name: string, query: string) =>
  queryOptions({
    queryKey: ['connections', name, 'access', { query }],
    queryFn: ({ signal }) =>
      call('GET', at(name, '/access'), connectionAccess, { query: { q: query }, signal }),
    placeholderData: keepPreviousData,
  })

export const dependentsQuery = (name: string) =>
  queryOptions({
    queryKey: ['connections', name, 'dependents'],
    queryFn: ({ signal }) => call('GET', at(name, '/dependents'), connectionDependents, { signal }),
  })

export const principalsQuery = (query: string) =>
  queryOptions({
    queryKey: ['connections', 'principals', { query }],
    queryFn: ({ signal }) =>
      call('GET', `${ROOT}/principals`, principalList, { query: { q: query }, signal }),
    placeholderData: keepPreviousData,
  })

export const activityKey = (name: string) => ['connections', name, 'activity'] as const

export const readActivity = (name: string, before: string | undefined, signal: AbortSignal) =>
  call('GET', at(name, '/activity'), activityPage, { query: { before }, signal })

export function useCreateConnection() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ConnectionCreation) => call('POST', ROOT, z.object({ name: z.string() }), { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['connections'] }),
  })
}

export function useSaveConnection(name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ConnectionChange) =>
      call('PUT', at(name), z.object({ version: z.number(), secretVoided: z.boolean() }), { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['connections'] }),
  })
}

export function useRemoveConnection(name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (reason: string) => call('DELETE', at(name), null, { body: { reason } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['connections'], exact: true }),
  })
}

export function useTestConnection(name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ConnectionTestRequest) => call('POST', at(name, '/test'), testResult, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['connections'] }),
  })
}

export function useTestDraft() {
  return useMutation({
    mutationFn: (body: DraftTestRequest) => call('POST', `${ROOT}/test`, testResult, { body }),
  })
}

export function useSavePermissions(name: string) {
  const client = useQueryClient()
  const readAnew = () =>
    client.invalidateQueries({
      queryKey: ['connections'],
      // The state itself is compared when it is saved; what follows from it is read again.
      predicate: ({ queryKey }) => queryKey.length !== 3 || queryKey[2] !== 'permissions',
    })
  return useMutation({
    mutationFn: (body: PermissionsChange) =>
      call('PUT', at(name, '/permissions'), connectionPermissions, { body }),
    onError: () => client.invalidateQueries({ queryKey: ['connections', name] }),
    onSuccess: (saved) => {
      client.setQueryData(permissionsQuery(name).queryKey, saved)
      // Whom a dataset lets in follows from the lists of its connection.
      return Promise.all([readAnew(), client.invalidateQueries({ queryKey: ['projects'] })])
    },
  })
}
