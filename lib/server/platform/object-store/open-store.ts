import 'server-only'
import { checkEndpoint, type EndpointPolicy, isBucketName, isRegion } from '#lib/domain/connections/endpoint'
import { Failure } from '#lib/domain/errors'
import type { Permit } from '#lib/server/platform/permit'
import { openCredential } from './credentials'
import { agentsFor, type Lane } from './endpoint-guard'
import { listAll } from './list-all'
import { listPage } from './list-objects'
import { headObject, streamObject } from './read-object'
import type { StoreClient } from './store-client'
import { testConnection } from './test-connection'
import { DEFAULT_TIMEOUTS, type ObjectStore, type StoreTarget, type StoreTimeouts } from './types'
import { putObject, tryWrite } from './write-object'

export interface OpenOptions {
  timeouts?: Partial<StoreTimeouts>
  now?: () => Date
  lane?: Lane
}

/**
 * Opens a bucket under a permit, without a request yet. Throws `validation_failed` when the endpoint, the region or the
 * bucket's name cannot be used.
 */
export function openStore(
  permit: Permit,
  target: StoreTarget,
  policy: EndpointPolicy,
  options: OpenOptions = {},
): ObjectStore {
  const clientUnder = (signal: AbortSignal) => makeClient(signal, target, policy, options)
  const client = clientUnder(permit.signal)
  return {
    permit,
    scope: target,
    listPage: (request) => listPage(client, target, request),
    listAll: (request) => listAll(client, target, request),
    head: (path) => headObject(client, target, path),
    getStream: ({ path, range }) => streamObject(client, target, path, range),
    put: (request) => putObject(client, target, request),
    tryWrite: (folder) => tryWrite(client, target, folder),
    testConnection: (request = {}) => {
      const within = (deadline: AbortSignal) =>
        withoutRetries(clientUnder(AbortSignal.any([permit.signal, deadline])))
      return testConnection(within, target, request)
    },
  }
}

function makeClient(
  signal: AbortSignal,
  target: StoreTarget,
  policy: EndpointPolicy,
  options: OpenOptions,
): StoreClient {
  const { region, bucket } = target
  if (!isRegion(region)) throw unusable('region', 'The region is made of small letters, digits and "-".')
  if (!isBucketName(bucket)) throw unusable('bucket', 'This is not a name that a bucket can have.')
  const origin = originOf(policy, target)
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts }
  const now = options.now ?? (() => new Date())
  const agents = agentsFor(policy, timeouts.connectMs, options.lane)
  const keys = openCredential(target.credential, { region, agents, timeouts, signal, now })
  return {
    origin,
    bucket,
    bucketInPath: bucketInPath(target, origin),
    region,
    checksumMode: target.checksumMode,
    agents,
    timeouts,
    signal,
    keys,
    now,
  }
}

function withoutRetries(client: StoreClient): StoreClient {
  return { ...client, timeouts: { ...client.timeouts, retries: 0 } }
}

function originOf(policy: EndpointPolicy, { endpoint, region }: StoreTarget): URL {
  if (endpoint === undefined || endpoint === '') {
    return new URL(`https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`)
  }
  const checked = checkEndpoint(policy, endpoint)
  if (checked.ok) return checked.value
  const [issue] = checked.issues
  throw new Failure('validation_failed', issue?.message ?? 'The endpoint cannot be used', {
    reason: issue?.reason ?? 'invalid-endpoint',
    remedy: 'The operator lists private endpoints in LAUNCHPAD_ALLOWED_ENDPOINTS.',
    issues: checked.issues,
  })
}

// A bucket cannot stand before an address, and one with a dot does not fit a wildcard certificate.
function bucketInPath(target: StoreTarget, origin: URL): boolean {
  return target.pathStyle || /^[\d.]+$|^\[/.test(origin.hostname) || target.bucket.includes('.')
}

function unusable(field: string, message: string): Failure {
  const reason = `invalid-${field}`
  return new Failure('validation_failed', message, { reason, issues: [{ reason, message, path: [field] }] })
}
