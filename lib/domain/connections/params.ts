import * as z from 'zod'

/** Its id in the public API, and what people call it. */
export const CONNECTION_TYPE = 'EC2' as const
export const CONNECTION_TYPE_LABEL = 'Amazon S3'

export const credentialMode = z.enum(['KEYPAIR', 'STS_ASSUME_ROLE', 'ENVIRONMENT'])
export type CredentialMode = z.infer<typeof credentialMode>

export const encryption = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('sse-s3') }),
  z.object({ kind: z.literal('sse-kms'), keyId: z.string().max(2048).optional() }),
])

/** How a connection of one's own reaches its store. The secret is kept apart and never travels back. */
export const ownParams = z.object({
  store: z.literal('own'),
  credentials: credentialMode,
  /** For KEYPAIR, and the account that assumes the role. */
  accessKeyId: z.string().trim().max(128),
  roleArn: z.string().trim().max(2048),
  region: z.string().trim().max(32),
  /** `""` is AWS in the region. */
  endpoint: z.string().trim().max(300),
  pathStyle: z.boolean(),
  checksumMode: z.enum(['WHEN_SUPPORTED', 'WHEN_REQUIRED']),
  /** `""` is free selection: each dataset names its bucket. */
  bucket: z.string().trim().max(63),
  /** Path in bucket that is the root, beginning and ending with `/`. */
  root: z.string().max(1000),
  /** Paths below the root; none opens all of it. */
  allowedPrefixes: z.array(z.string().max(1000)).max(100),
  /** Where managed datasets are written unless they say otherwise; `""` is none. */
  defaultBucket: z.string().trim().max(63),
  defaultPath: z.string().max(1000),
  encryption,
  allowWrite: z.boolean(),
  allowManagedDatasets: z.boolean(),
})
export type OwnParams = z.infer<typeof ownParams>

/** A managed connection opens one folder of the platform's own bucket, with a key that can only read. */
export const platformParams = z.object({
  store: z.literal('platform'),
  allowedPrefixes: z.array(z.string()).length(1),
})
export type PlatformParams = z.infer<typeof platformParams>

export const connectionParams = z.discriminatedUnion('store', [
  ownParams.extend({ secretSetAt: z.string().nullable() }),
  platformParams,
])
/** As stored; `secretSetAt` is ours, everything else what was typed. */
export type ConnectionParams = z.infer<typeof connectionParams>

/**
 * What decides which objects a connection opens, as one text: what is read and found through it is of this place. Another account,
 * key or way of asking leads to the same.
 */
export function placeOf(params: ConnectionParams): string {
  if (params.store === 'platform') return JSON.stringify([params.store, params.allowedPrefixes])
  const { store, endpoint, bucket, root, allowedPrefixes } = params
  return JSON.stringify([store, endpoint, bucket, root, allowedPrefixes])
}

/** An empty form. */
export const NEW_PARAMS: OwnParams = {
  store: 'own',
  credentials: 'KEYPAIR',
  accessKeyId: '',
  roleArn: '',
  region: 'us-east-1',
  endpoint: '',
  pathStyle: false,
  checksumMode: 'WHEN_SUPPORTED',
  bucket: '',
  root: '/',
  allowedPrefixes: [],
  defaultBucket: '',
  defaultPath: '/',
  encryption: { kind: 'none' },
  allowWrite: false,
  allowManagedDatasets: false,
}

/**
 * Tells whether a change of settings voids the secret: it was given for one endpoint and one account, and must not
 * be sent to another.
 */
export function voidsSecret(before: OwnParams, after: OwnParams): boolean {
  return (
    before.credentials !== after.credentials ||
    before.endpoint !== after.endpoint ||
    before.roleArn !== after.roleArn ||
    before.accessKeyId !== after.accessKeyId
  )
}

/** Tells whether a secret goes with these settings; the environment brings its own. */
export const needsSecret = (params: OwnParams): boolean => params.credentials !== 'ENVIRONMENT'
