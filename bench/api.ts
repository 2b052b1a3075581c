import { NEW_PARAMS } from '#lib/domain/connections/params'
import type { Launchpad } from '../e2e/support/launchpad'

/** Calls the API of a copy as its administrator; an answer that is not 2xx throws. */
export function apiOf(launchpad: Launchpad) {
  const { apiKey } = launchpad.demo().admin
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${launchpad.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return text === '' ? (undefined as T) : JSON.parse(text)
  }
}

interface LoopbackStore {
  name: string
  endpoint: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

/** Makes a connection of one's own to a loopback store, and opens it to everyone in the demo. */
export async function addConnection(api: ReturnType<typeof apiOf>, store: LoopbackStore): Promise<void> {
  const { name, endpoint, bucket, accessKeyId, secretAccessKey: secret } = store
  const params = {
    ...NEW_PARAMS,
    endpoint,
    bucket,
    accessKeyId,
    pathStyle: true,
    checksumMode: 'WHEN_REQUIRED',
  }
  await api('POST', '/api/connections', { name, params, secret })
  const path = `/api/connections/${name}/permissions`
  const { state: base } = await api<{ state: object }>('GET', path)
  await api('PUT', path, { base, state: { ...base, usableBy: 'everyone' } })
}
