import 'server-only'
import type { PathScope } from '#lib/domain/connections/paths'
import type { Permit } from '#lib/server/platform/permit'

/** A long-lived key pair; the secret is opened by the adapter alone, when it signs. */
export interface StaticCredential {
  kind: 'static'
  accessKeyId: string
  openSecret: () => string
  sessionToken?: string
}

/** Whatever the process finds in its surroundings; only where the operator allows it. */
export interface EnvironmentCredential {
  kind: 'environment'
}

/** A role that is assumed with another credential; sessions last 15 minutes. */
export interface AssumeRoleCredential {
  kind: 'assume-role'
  roleArn: string
  externalId: string
  source: StaticCredential | EnvironmentCredential
  /** Only for stores with an STS of their own; AWS' is found by the region. */
  stsEndpoint?: string
}

export type StoreCredential = StaticCredential | EnvironmentCredential | AssumeRoleCredential

export type StoreEncryption = { kind: 'none' } | { kind: 'sse-s3' } | { kind: 'sse-kms'; keyId?: string }

/** A bucket with the part of it that is open, and how to reach it. Plain data. */
export interface StoreTarget extends PathScope {
  /** `https://host:port`; none = AWS in the region. */
  endpoint?: string
  region: string
  pathStyle: boolean
  bucket: string
  /** `WHEN_REQUIRED` leaves out checksum headers that older stores refuse. */
  checksumMode: 'WHEN_SUPPORTED' | 'WHEN_REQUIRED'
  credential: StoreCredential
  encryption?: StoreEncryption
}

/** How long the adapter waits, and how often it tries again what only reads. */
export interface StoreTimeouts {
  connectMs: number
  /** Silence on an open connection. */
  idleMs: number
  /** A whole answer other than an object's bytes. */
  answerMs: number
  retries: number
}

export const DEFAULT_TIMEOUTS: StoreTimeouts = {
  connectMs: 5_000,
  idleMs: 10_000,
  answerMs: 30_000,
  retries: 2,
}

export interface StoredObject {
  /** Begins with `/`, relative to the connection's root. */
  path: string
  sizeBytes: number
  modifiedAtMs: number
  /** `"STANDARD"` where the store says nothing. */
  storageClass: string
}

export interface ListPageRequest {
  /** A folder (`/audit-logs/`) or any literal beginning of paths (`/audit-logs/des`). */
  prefixPath: string
  delimiter?: '/'
  /** 1 to 1000. */
  maxKeys: number
  continuationToken?: string
  /** Only paths after this one, in UTF-8 order. */
  startAfter?: string
}

export interface ListPage {
  objects: StoredObject[]
  /** Paths of the next folders, each ending in `/`; only with a delimiter. */
  folders: string[]
  /** None on the last page. */
  nextToken?: string
}

export interface ListAllRequest {
  /** Prefixes that do not overlap; listed at the same time, so that their batches come interleaved. */
  prefixPaths: readonly string[]
  /** Listings at once, 8 unless told. A single prefix that a page does not hold is cut into parts, by its folders. */
  concurrency?: number
  /** Keys of a page, 1000 unless told: two pages are held while nobody takes more. */
  pageKeys?: number
  startAfter?: string
  /**
   * Tells of a folder, a path that ends in `/`, whether anything wanted can be below; unless told, in all. Where it cannot,
   * the folder is not listed, except for what pages hold that are listed anyway.
   */
  mayHold?: (folder: string) => boolean
  /** Told of each folder that was not listed to its end for that reason. */
  onPassed?: (folder: string) => void
  /** Told at each request. */
  onRequest?: () => void
}

export interface ObjectFacts {
  path: string
  sizeBytes: number
  modifiedAtMs: number
  etag: string
  storageClass: string
}

export interface ByteRange {
  /** First byte. */
  start: number
  /** Last byte, inclusive; none = to the end. */
  end?: number
}

export interface ObjectBody extends ObjectFacts {
  /** Single use; leaving its loop early closes the connection. Failures carry the object and the offset. */
  bytes: AsyncIterable<Buffer>
  /** Closes the connection at once, even while a read waits; nothing after a complete read. */
  close: () => void
}

export interface PutRequest {
  path: string
  body: Buffer
  contentType?: string
  /** Refuse (`already-exists`) when the object is there; true unless told. */
  onlyIfAbsent?: boolean
}

export type TestStepName = 'reachable' | 'credentials' | 'list' | 'read' | 'write' | 'clock-skew' | 'region'

export interface TestStep {
  step: TestStepName
  outcome: 'ok' | 'failed' | 'not-tested'
  durationMs: number
  message: string
  remedy?: string
}

export interface TestRequest {
  /** Also tries to write below this folder; only when a person asked for it, never on a managed prefix. */
  writeBelow?: string
  /** All of it together, 2000 unless told. */
  budgetMs?: number
}

/** A bucket opened under one permit: every operation ends when the permit does. */
export interface ObjectStore {
  readonly permit: Permit
  readonly scope: PathScope
  listPage(request: ListPageRequest): Promise<ListPage>
  listAll(request: ListAllRequest): AsyncIterable<StoredObject[]>
  head(path: string): Promise<ObjectFacts>
  getStream(request: { path: string; range?: ByteRange }): Promise<ObjectBody>
  put(request: PutRequest): Promise<{ etag: string }>
  /** Starts a multipart upload below a folder and aborts it: nothing stays. */
  tryWrite(folder: string): Promise<void>
  testConnection(request?: TestRequest): Promise<TestStep[]>
}
