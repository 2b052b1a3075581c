import 'server-only'
import { hash, randomUUID } from 'node:crypto'
import type { S3Client } from '@aws-sdk/client-s3'
import { BoundedHandler } from './bounded-handler'
import type { SigningKeys } from './credentials'
import type { GuardedAgents } from './endpoint-guard'
import { NOTHING_AMBIENT } from './nothing-ambient'
import type { StoreTarget, StoreTimeouts } from './types'

export type S3Sdk = typeof import('@aws-sdk/client-s3')

/** What tells one client from another, besides the keys it signs with. */
export interface S3Settings {
  origin: URL
  region: string
  /** The bucket in the path rather than in the host name. */
  bucketInPath: boolean
  checksumMode: StoreTarget['checksumMode']
  agents: GuardedAgents
  timeouts: StoreTimeouts
}

interface Kept {
  s3: S3Client
  usedAtMs: number
}

const MAX_CLIENTS = 64
/** A client holds its keys opened, so that one nobody uses goes; sessions of roles last as long. */
const MAX_UNUSED_MS = 15 * 60_000

const salt = randomUUID()
const clientsByAgents = new WeakMap<GuardedAgents, Map<string, Kept>>()
let loaded: Promise<[S3Sdk, typeof import('@smithy/node-http-handler')]> | undefined

/** Loads the SDK with the first call to a store, since a process starts a good deal sooner without it. */
function loadSdk() {
  loaded ??= Promise.all([import('@aws-sdk/client-s3'), import('@smithy/node-http-handler')])
  return loaded
}

/** Gives the client for some settings and keys, the same one each time while it is in use; no keys = unsigned. */
export async function s3For(
  settings: S3Settings,
  keys: SigningKeys | undefined,
): Promise<{ s3: S3Client; sdk: S3Sdk }> {
  const [sdk, { NodeHttpHandler }] = await loadSdk()
  const clients = clientsByAgents.get(settings.agents) ?? new Map<string, Kept>()
  clientsByAgents.set(settings.agents, clients)
  const id = clientId(settings, keys)
  const known = clients.get(id)
  const kept = known ?? {
    s3: makeClient(
      sdk,
      settings,
      keys,
      new BoundedHandler(NodeHttpHandler, settings.agents, settings.timeouts),
    ),
    usedAtMs: 0,
  }
  kept.usedAtMs = performance.now()
  // The order of the map is that of use.
  clients.delete(id)
  clients.set(id, kept)
  if (known === undefined) evict(clients, kept.usedAtMs)
  return { s3: kept.s3, sdk }
}

function evict(clients: Map<string, Kept>, nowMs: number): void {
  for (const [id, { s3, usedAtMs }] of clients) {
    if (clients.size <= MAX_CLIENTS && nowMs - usedAtMs <= MAX_UNUSED_MS) return
    clients.delete(id)
    // Calls under way go on: what they use is the agents'.
    s3.destroy()
  }
}

// Salted anew in each process: a key that leaks into a dump cannot be tried against secrets.
function clientId(settings: S3Settings, keys: SigningKeys | undefined): string {
  const { origin, region, bucketInPath, checksumMode, timeouts } = settings
  const { connectMs, idleMs, answerMs } = timeouts
  const secrets = [salt, keys?.accessKeyId, keys?.secretAccessKey, keys?.sessionToken]
  const who = hash('sha256', JSON.stringify(secrets))
  return JSON.stringify([origin.origin, region, bucketInPath, checksumMode, connectMs, idleMs, answerMs, who])
}

function makeClient(
  { S3Client }: S3Sdk,
  { origin, region, bucketInPath, checksumMode }: S3Settings,
  keys: SigningKeys | undefined,
  requestHandler: BoundedHandler,
): S3Client {
  const s3 = new S3Client({
    ...NOTHING_AMBIENT,
    sigv4aSigningRegionSet: [region],
    endpoint: origin.origin,
    region,
    forcePathStyle: bucketInPath,
    credentials: keys ?? { accessKeyId: '', secretAccessKey: '' },
    requestHandler,
    requestChecksumCalculation: checksumMode,
    responseChecksumValidation: checksumMode,
    followRegionRedirects: false,
    useArnRegion: false,
    useAccelerateEndpoint: false,
    disableMultiregionAccessPoints: true,
    disableS3ExpressSessionAuth: true,
    // Older stores never answer it, and every larger write would wait.
    expectContinueHeader: false,
    ...(keys === undefined ? UNSIGNED : {}),
  })
  for (const name of UNUSED) s3.middlewareStack.remove(name)
  return s3
}

/** Steps of every call that find nothing to do under these settings, and take a sixth of a small read's time. */
const UNUSED = [
  'loggerMiddleware',
  'recursionDetectionMiddleware',
  'getUserAgentMiddleware',
  'addExpectContinueMiddleware',
  'regionRedirectMiddleware',
  's3ExpressMiddleware',
]

const NO_AUTH = 'smithy.api#noAuth'
const UNSIGNED = {
  httpAuthSchemeProvider: () => [{ schemeId: NO_AUTH }],
  httpAuthSchemes: [
    {
      schemeId: NO_AUTH,
      identityProvider: () => async () => ({}),
      signer: { sign: async <T>(request: T) => request },
    },
  ],
}
