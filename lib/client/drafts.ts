import { hashKey, type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type DraftSave, draft, draftList } from '#lib/domain/datasets/draft-wire'
import { call } from './api'
import { exactJson } from './exact-json'

const home = (projectKey: string) => `/api/projects/${encodeURIComponent(projectKey)}/drafts`

export const draftsQuery = (projectKey: string) =>
  queryOptions({
    queryKey: ['projects', projectKey, 'drafts'],
    queryFn: ({ signal }) => call('GET', home(projectKey), draftList, { signal }),
  })

export const draftQuery = (projectKey: string, draftId: string) =>
  queryOptions({
    queryKey: ['projects', projectKey, 'drafts', draftId],
    queryFn: ({ signal }) =>
      call('GET', `${home(projectKey)}/${draftId}`, draft, { signal, json: exactJson }),
    // The wizard holds its own copy; another tab's save is met at the next save, not behind one's back.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })

export function useCreateDraft(projectKey: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (settings: DraftSave['settings']) => createDraft(projectKey, settings),
    onSuccess: (created) => {
      client.setQueryData(draftQuery(projectKey, created.id).queryKey, created)
      return client.invalidateQueries({ queryKey: ['projects', projectKey, 'drafts'], exact: true })
    },
  })
}

/** Begins a draft; goes out even while the page is being left, as `saveDraft` does. */
export const createDraft = (projectKey: string, settings: DraftSave['settings']) =>
  call('POST', home(projectKey), draft, { body: { settings }, keepalive: true, json: exactJson })

/** Saves a draft over the version it was read at; throws a `conflict` with what another tab saved. */
export const saveDraft = (projectKey: string, draftId: string, input: DraftSave) =>
  call('PUT', `${home(projectKey)}/${draftId}`, draft, { body: input, keepalive: true, json: exactJson })

export function useDiscardDraft(projectKey: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (draftId: string) => call('DELETE', `${home(projectKey)}/${draftId}`, null),
    onSuccess: (_, draftId) =>
      refreshWithout(client, ['projects', projectKey, 'drafts'], draftQuery(projectKey, draftId).queryKey),
  })
}

/** Asks anew for all below `queryKey` but what is gone: whoever shows that still would only be told that it is not there. */
export async function refreshWithout(
  client: QueryClient,
  queryKey: readonly string[],
  gone: readonly string[] | null,
): Promise<void> {
  const goneHash = gone && hashKey(gone)
  await Promise.all([
    client.invalidateQueries({ queryKey, predicate: ({ queryHash }) => queryHash !== goneHash }),
    gone && client.invalidateQueries({ queryKey: gone, exact: true, refetchType: 'none' }),
  ])
}
