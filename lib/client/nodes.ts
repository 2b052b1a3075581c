import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type NewNode, node, nodeList, nodeWithToken } from '#lib/domain/nodes/wire'
import { call } from './api'

const LIST_KEY = ['nodes']

/** The nodes that send events; asked again whenever the window is looked at. */
export const nodesQuery = () =>
  queryOptions({
    queryKey: LIST_KEY,
    queryFn: ({ signal }) => call('GET', '/api/nodes', nodeList, { signal }),
  })

export function useRegisterNode() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewNode) => call('POST', '/api/nodes', nodeWithToken, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: LIST_KEY }),
  })
}

export function useRotateNodeToken() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (nodeId: string) => call('POST', `/api/nodes/${nodeId}/rotate`, nodeWithToken),
    onSuccess: () => client.invalidateQueries({ queryKey: LIST_KEY }),
  })
}

export function useRevokeNode() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (nodeId: string) => call('POST', `/api/nodes/${nodeId}/revoke`, node),
    onSettled: () => client.invalidateQueries({ queryKey: LIST_KEY }),
  })
}
