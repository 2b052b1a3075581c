import 'server-only'
import http from 'node:http'
import type net from 'node:net'
import { onTestFinished } from 'vitest'
import { type EndpointPolicy, parseEndpointPolicy } from '#lib/domain/connections/endpoint'
import { openStore } from '#lib/server/platform/object-store/open-store'
import type { ObjectStore, StoreTarget, StoreTimeouts } from '#lib/server/platform/object-store/types'
import { issuePermit } from '#lib/server/platform/permit'

/** Servers and stores for tests; nothing here leaves the loopback interface. */
export interface LoopbackServer {
  endpoint: string
  close: () => Promise<void>
}

/** Starts a server on a free port. */
export async function startServer(handler: http.RequestListener): Promise<LoopbackServer> {
  const server = http.createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Starts a server that answers for as long as the test that calls this; gives its endpoint. */
export async function serve(handler: http.RequestListener): Promise<string> {
  const { endpoint, close } = await startServer(handler)
  onTestFinished(close)
  return endpoint
}

export const LOOPBACK: EndpointPolicy = policyOf('127.0.0.0/8 ::1')

/** The endpoints that an operator’s list allows. Throws for a list that is wrong. */
export function policyOf(text: string): EndpointPolicy {
  const parsed = parseEndpointPolicy(text)
  if (!parsed.ok) throw new Error(parsed.issues[0]?.message)
  return parsed.value
}

/** Where a store of a test is: the bucket `logs` of an endpoint, with a key that any test server takes. */
export function targetFor(endpoint: string, overrides: Partial<StoreTarget> = {}): StoreTarget {
  return {
    endpoint,
    region: 'us-east-1',
    pathStyle: true,
    bucket: 'logs',
    root: '',
    allowedPrefixes: [],
    checksumMode: 'WHEN_SUPPORTED',
    credential: { kind: 'static', accessKeyId: 'AKTEST', openSecret: () => 'secret' },
    ...overrides,
  }
}

export interface TestStoreOptions {
  target?: Partial<StoreTarget>
  timeouts?: Partial<StoreTimeouts>
  policy?: EndpointPolicy
  signal?: AbortSignal
  now?: () => Date
}

/** Opens a store with short timeouts and no retries, so that a test of a hang ends soon. */
export function openTestStore(endpoint: string, options: TestStoreOptions = {}): ObjectStore {
  const signal = options.signal ?? new AbortController().signal
  const permit = issuePermit({ actor: 'user:test', action: 'connection.browse', signal })
  const timeouts = { connectMs: 500, idleMs: 200, answerMs: 1_000, retries: 0, ...options.timeouts }
  return openStore(permit, targetFor(endpoint, options.target), options.policy ?? LOOPBACK, {
    timeouts,
    ...(options.now === undefined ? {} : { now: options.now }),
  })
}

/** Reads an iterable to its end. */
export async function gather<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const value of values) all.push(value)
  return all
}
