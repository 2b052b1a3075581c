import 'server-only'
import {
  type ConnectionParams,
  connectionParams,
  type OwnParams,
  type PlatformParams,
  placeOf,
} from '#lib/domain/connections/params'
import { Failure } from '#lib/domain/errors'
import { config } from '../platform/config'
import { openStore } from '../platform/object-store/open-store'
import type {
  ObjectStore,
  StoreCredential,
  StoreEncryption,
  StoreTarget,
} from '../platform/object-store/types'
import type { Permit } from '../platform/permit'
import { openSecret, sealSecret } from '../platform/secrets'
import { endpointPolicy } from './endpoint-policy'

/** What reaching a connection's store needs of its row. */
export interface ConnectionTarget {
  id: string
  spaceId: string
  name: string
  params: unknown
  secret: Uint8Array | null
}

/** Where the secret of a connection is bound to. */
export const secretPlace = (connectionId: string) => `connection/${connectionId}/secret`

/** Seals the secret of a connection, so that it opens for this connection alone. */
export const sealConnectionSecret = (text: string, connectionId: string) =>
  sealSecret(text, secretPlace(connectionId))

/** Made by us for a space: the one who owns a role lets it be assumed only with this id. */
export const externalIdOf = (spaceId: string) => `launchpad-${spaceId}`

/** The settings of a connection as they stand in its row. */
export const readParams = (row: { params: unknown }): ConnectionParams => connectionParams.parse(row.params)

/** Which objects a connection opens, as one text; another once it leads elsewhere. */
export const connectionPlace = (row: { id: string; params: unknown }): string =>
  `${row.id} ${placeOf(readParams(row))}`

/**
 * Opens a connection's store. `bucket` is needed with free selection of the bucket, and ignored otherwise.
 * @throws Failure `validation_failed` without a bucket, without a secret, or for an endpoint that is not allowed
 */
export function openConnection(permit: Permit, row: ConnectionTarget, bucket?: string): ObjectStore {
  return openStore(permit, storeTargetOf(row, bucket), endpointPolicy())
}

/** As `openConnection`, for what is given out as fast as a reader takes it. */
export function openForStreaming(permit: Permit, row: ConnectionTarget, bucket?: string): ObjectStore {
  return openStore(permit, storeTargetOf(row, bucket), endpointPolicy(), { lane: 'streams' })
}

/** The bucket of a connection with its root, its allowed prefixes, and the credential that opens it. */
export function storeTargetOf(row: ConnectionTarget, bucket?: string): StoreTarget {
  const params = readParams(row)
  if (params.store === 'platform') return platformTarget(row.spaceId, params)
  const { secret } = row
  const open = secret === null ? undefined : () => openSecret(secret, secretPlace(row.id))
  return ownTarget(row, params, open, bucket)
}

/** The target of a form that is not saved, with the secret as typed. */
export function draftTargetOf(
  row: { spaceId: string; name: string },
  params: OwnParams,
  openDraftSecret: (() => string) | undefined,
): StoreTarget {
  return ownTarget(row, params, openDraftSecret)
}

/** The platform's own store below the space's folder, by the key that can only read. */
function platformTarget(spaceId: string, params: PlatformParams): StoreTarget {
  const { endpoint, region, bucket, reader } = config().store
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    region,
    pathStyle: endpoint !== undefined,
    bucket,
    root: `${spaceId}/`,
    allowedPrefixes: params.allowedPrefixes,
    checksumMode: 'WHEN_REQUIRED',
    credential: {
      kind: 'static',
      accessKeyId: reader.accessKeyId,
      openSecret: () => reader.secretAccessKey,
    },
  }
}

function ownTarget(
  row: { spaceId: string; name: string },
  params: OwnParams,
  open: (() => string) | undefined,
  bucket?: string,
): StoreTarget {
  const chosen = params.bucket || bucket || params.defaultBucket
  if (!chosen) {
    throw new Failure('validation_failed', `${row.name} leaves the bucket to each dataset: name one.`, {
      reason: 'bucket-missing',
      where: row.name,
    })
  }
  return {
    ...(params.endpoint === '' ? {} : { endpoint: params.endpoint }),
    region: params.region,
    pathStyle: params.pathStyle,
    bucket: chosen,
    root: params.root.slice(1),
    allowedPrefixes: params.allowedPrefixes,
    checksumMode: params.checksumMode,
    credential: credentialOf(row, params, open),
    encryption: encryptionOf(params),
  }
}

function credentialOf(
  row: { spaceId: string; name: string },
  params: OwnParams,
  open: (() => string) | undefined,
): StoreCredential {
  if (params.credentials === 'ENVIRONMENT') {
    if (config().allowEnvironmentCredentials) return { kind: 'environment' }
    throw new Failure('validation_failed', "The operator does not allow this server's own credentials.", {
      reason: 'environment-not-allowed',
      where: row.name,
      remedy: 'Enter an access key, or ask the operator.',
    })
  }
  if (open === undefined) throw secretMissing(row.name)
  const source = { kind: 'static', accessKeyId: params.accessKeyId, openSecret: open } as const
  if (params.credentials === 'KEYPAIR') return source
  return {
    kind: 'assume-role',
    roleArn: params.roleArn,
    externalId: externalIdOf(row.spaceId),
    source,
    // Stores other than AWS answer STS calls at their one endpoint.
    ...(params.endpoint === '' ? {} : { stsEndpoint: params.endpoint }),
  }
}

function encryptionOf({ encryption }: OwnParams): StoreEncryption {
  if (encryption.kind !== 'sse-kms' || encryption.keyId === undefined) return { kind: encryption.kind }
  return { kind: 'sse-kms', keyId: encryption.keyId }
}

const secretMissing = (name: string) =>
  new Failure('validation_failed', `${name} has no secret.`, {
    reason: 'secret-missing',
    where: name,
    remedy: 'Enter the secret in the settings of the connection.',
  })
