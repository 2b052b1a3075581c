import * as z from 'zod'
import { overlayExact } from '../exact-json'
import { taggedFields } from '../field-tags'
import { toIssuePath } from '../issue-place'
import { fail, type Issue, ok, type Result } from '../result'
import { sayShape } from '../say-shape'
import { isRegion } from './endpoint'
import { credentialMode, NEW_PARAMS, type OwnParams, ownParams } from './params'

/** Stands for a secret that is kept; sent back unchanged, the secret stays. */
export const SECRET_MARK = 'e:launchpad:unchanged'

/** What clients sent and only DSS knows: keys of the connection itself, and of its params. */
export interface KeptOfConnection {
  top: Record<string, unknown>
  params: Record<string, unknown>
}

const encryptionMode = z.enum(['NONE', 'SSE_S3', 'SSE_KMS'])

/** The params of a connection of type EC2 that have a counterpart here; clients may leave any out. */
const knownParams = {
  credentialsMode: credentialMode.nullish(),
  accessKey: z.string().nullish(),
  secretKey: z.string().max(4096).nullish(),
  stsRoleToAssume: z.string().nullish(),
  /** `"eu-west-3"`, or `"https://s3.example.com"`. */
  regionOrEndpoint: z.string().nullish(),
  /** The region to sign for where an endpoint is given. */
  region: z.string().nullish(),
  usePathMode: z.boolean().nullish(),
  checksumMode: z.enum(['WHEN_SUPPORTED', 'WHEN_REQUIRED']).nullish(),
  chbucket: z.string().nullish(),
  chroot: z.string().nullish(),
  allowedPrefixes: z.array(z.string().max(1000)).max(100).optional(),
  defaultManagedBucket: z.string().nullish(),
  defaultManagedPath: z.string().nullish(),
  encryptionMode: encryptionMode.nullish(),
  encryptionKeyId: z.string().max(2048).nullish(),
}
const knownNames = new Set(Object.keys(knownParams))
export const dssParams = z.looseObject(knownParams)
type DssParams = z.infer<typeof dssParams>

export const dssReadability = z.looseObject({
  readableBy: z.enum(['NONE', 'ALLOWED', 'ALL']).nullish(),
  allowedGroups: z.array(z.string()).max(20_000).optional(),
})

const around = {
  name: z.string().nullish(),
  type: z.literal('EC2', 'is EC2 (Amazon S3) here: connections of other types are not supported').nullish(),
  description: z.string().max(1000).nullish(),
  params: dssParams.optional(),
  usableBy: z.enum(['ALL', 'ALLOWED']).nullish(),
  allowedGroups: z.array(z.string()).max(20_000).optional(),
  detailsReadability: dssReadability.optional(),
  allowWrite: z.boolean().nullish(),
  allowManagedDatasets: z.boolean().nullish(),
  versionTag: taggedFields.extend({ versionNumber: z.number().int() }).nullish(),
  permissionsTag: z.string().nullish(),
}
/** Given out and not ours to take back. */
const GIVEN_OUT = new Set([...Object.keys(around), 'managedBy', 'creationTag'])
export const dssConnection = z.looseObject(around)

/** What clients look for and nothing here has: given out so until they say otherwise. */
export const UNTOLD = { allowManagedFolders: false, allowKnowledgeBanks: false }
export type DssConnection = z.infer<typeof dssConnection>

/** The params of a connection as DSS names them; of the secret only that there is one. */
export function toDssParams(
  params: Omit<OwnParams, 'store'>,
  secretSet: boolean,
  kept: Record<string, unknown> = {},
): Record<string, unknown> {
  const { endpoint, region, encryption } = params
  return {
    ...kept,
    credentialsMode: params.credentials,
    accessKey: params.accessKeyId,
    secretKey: secretSet ? SECRET_MARK : '',
    stsRoleToAssume: params.roleArn,
    regionOrEndpoint: endpoint || region,
    region,
    usePathMode: params.pathStyle,
    checksumMode: params.checksumMode,
    chbucket: params.bucket,
    chroot: params.root,
    allowedPrefixes: params.allowedPrefixes,
    defaultManagedBucket: params.defaultBucket,
    defaultManagedPath: params.defaultPath,
    encryptionMode: ENCRYPTION_MODES[encryption.kind],
    encryptionKeyId: keyIdOf(encryption),
  }
}

const ENCRYPTION_MODES = { none: 'NONE', 'sse-s3': 'SSE_S3', 'sse-kms': 'SSE_KMS' } as const

/** Where clients write what we have under another name; by our path. */
const DSS_PATHS: Record<string, string> = {
  'params.credentials': 'params.credentialsMode',
  'params.accessKeyId': 'params.accessKey',
  'params.roleArn': 'params.stsRoleToAssume',
  'params.endpoint': 'params.regionOrEndpoint',
  'params.pathStyle': 'params.usePathMode',
  'params.bucket': 'params.chbucket',
  'params.root': 'params.chroot',
  'params.defaultBucket': 'params.defaultManagedBucket',
  'params.defaultPath': 'params.defaultManagedPath',
  'params.encryption': 'params.encryptionMode',
  'params.allowWrite': 'allowWrite',
  'params.allowManagedDatasets': 'allowManagedDatasets',
  secret: 'params.secretKey',
}

/** The path of a field as a client wrote it: `["params", "root"]` is `["params", "chroot"]`, and what is the same stays. */
export function toDssPath(path: readonly (string | number)[]): (string | number)[] {
  const lengths = path[0] === 'params' ? 2 : 1
  const named = DSS_PATHS[path.slice(0, lengths).join('.')]
  return named === undefined ? [...path] : [...named.split('.'), ...path.slice(lengths)]
}

/** What is read of a connection that a client sends: ours, the secret where a new one is given, and what is kept. */
export interface ReadDssConnection {
  params: OwnParams
  secret: string | undefined
  kept: KeptOfConnection
}

/**
 * Reads the settings of a connection over those that stand; what is left out stays. What nobody here knows is kept, but no
 * secret: it would be given back.
 */
export function fromDssConnection(
  json: DssConnection,
  standing?: OwnParams,
  kept: KeptOfConnection = { top: {}, params: {} },
): Result<ReadDssConnection> {
  const base = standing ?? NEW_PARAMS
  const given = json.params ?? {}
  const unknownParams = except(given, knownNames)
  const unknownTop = toldOf(except(json, GIVEN_OUT), kept.top)
  const params: OwnParams = {
    ...readParams(given, base),
    allowWrite: json.allowWrite ?? base.allowWrite,
    allowManagedDatasets: json.allowManagedDatasets ?? base.allowManagedDatasets,
  }
  const issues = [
    ...hiddenSecrets(unknownParams, ['params']),
    ...hiddenSecrets(unknownTop, []),
    ...placeIssues(given, standing),
    ...encryptionIssues(given, params, base),
    ...shapeIssues(params),
  ]
  if (issues.length > 0) return fail(...issues)
  const secret = given.secretKey && given.secretKey !== SECRET_MARK ? given.secretKey : undefined
  return ok({
    params,
    secret,
    kept: {
      top: overlayExact(kept.top, unknownTop),
      params: overlayExact(kept.params, unknownParams),
    },
  })
}

function readParams(given: DssParams, base: OwnParams): OwnParams {
  return {
    ...base,
    ...placeOf(given, base),
    credentials: given.credentialsMode ?? base.credentials,
    accessKeyId: given.accessKey ?? base.accessKeyId,
    roleArn: given.stsRoleToAssume ?? base.roleArn,
    checksumMode: given.checksumMode ?? base.checksumMode,
    bucket: given.chbucket ?? base.bucket,
    root: asFolder(given.chroot ?? base.root),
    allowedPrefixes: (given.allowedPrefixes ?? base.allowedPrefixes).map(asFolder),
    defaultBucket: given.defaultManagedBucket ?? base.defaultBucket,
    defaultPath: asFolder(given.defaultManagedPath ?? base.defaultPath),
    encryption: encryptionOf(given, base),
  }
}

/**
 * A region is small letters, digits and dashes; whatever else is an endpoint, by https where it does not say how, and nothing is AWS.
 * What is given out tells the region twice: of the two, the one that was changed says where it is.
 */
function placeOf(
  { regionOrEndpoint, region, usePathMode }: DssParams,
  base: OwnParams,
): Pick<OwnParams, 'region' | 'endpoint' | 'pathStyle'> {
  const pathStyle = usePathMode ?? base.pathStyle
  const given = regionOrEndpoint?.trim() ?? (base.endpoint || base.region)
  const other = region ?? base.region
  if (given === '') return { region: other, endpoint: '', pathStyle }
  if (isRegion(given)) {
    const isAsRead = base.endpoint === '' && given === base.region
    return { region: isAsRead ? other : given, endpoint: '', pathStyle }
  }
  return { region: other, endpoint: HAS_PROTOCOL.test(given) ? given : `https://${given}`, pathStyle }
}

const HAS_PROTOCOL = /^[a-z]+:\/\//i

function placeIssues({ regionOrEndpoint, region }: DssParams, standing: OwnParams | undefined): Issue[] {
  const text = regionOrEndpoint?.trim() ?? ''
  if (text === '') return []
  if (!isRegion(text)) {
    if (HAS_PROTOCOL.test(text) || /[.:]/.test(text)) return []
    const message = `"${text}" is neither a region, as eu-west-3, nor an endpoint, as https://s3.example.com.`
    return [{ reason: 'region-or-endpoint', message, path: ['params', 'regionOrEndpoint'] }]
  }
  const isAsRead = standing !== undefined && (region === standing.region || text === standing.region)
  if (!region || region === text || isAsRead) return []
  const message = `regionOrEndpoint says ${text}, and region ${region}. Send one of them, or both alike.`
  return [{ reason: 'two-regions', message, path: ['params', 'region'] }]
}

/** What is longer or larger than settings of connections may be. */
function shapeIssues(params: OwnParams): Issue[] {
  const { error } = ownParams.safeParse(params, { error: sayShape({ params }, 'A connection', ['params']) })
  const issues = error?.issues ?? []
  return issues.map(({ message, path }) => ({
    reason: 'invalid-settings',
    message,
    path: toIssuePath(['params', ...path]),
  }))
}

/** A key that is left out stays, as long as it is used. */
function encryptionOf({ encryptionMode: mode, encryptionKeyId }: DssParams, base: OwnParams) {
  const { encryption } = base
  const kind = mode ? KINDS[mode] : encryption.kind
  if (kind !== 'sse-kms') return { kind }
  const keyId = encryptionKeyId ?? keyIdOf(encryption)
  return { kind, ...(keyId ? { keyId } : {}) }
}

const KINDS = { NONE: 'none', SSE_S3: 'sse-s3', SSE_KMS: 'sse-kms' } as const

const keyIdOf = (encryption: OwnParams['encryption']): string =>
  (encryption.kind === 'sse-kms' && encryption.keyId) || ''

function encryptionIssues({ encryptionKeyId }: DssParams, params: OwnParams, base: OwnParams): Issue[] {
  if (!encryptionKeyId || params.encryption.kind === 'sse-kms') return []
  if (encryptionKeyId === keyIdOf(base.encryption)) return []
  const message = 'encryptionKeyId is used with encryptionMode SSE_KMS alone.'
  return [{ reason: 'key-without-kms', message, path: ['params', 'encryptionKeyId'] }]
}

/** DSS writes folders with and without slashes at their ends: `"lake"` is `"/lake/"`. */
function asFolder(text: string): string {
  const inner = text.replace(/^\/+|\/+$/g, '')
  return inner === '' ? '/' : `/${inner}/`
}

const SECRET_NAMES =
  /secret|pass_?(?:w|phrase|code)|token|credential|private_?key|sse_?c|conn(?:ection)?_?str/i
/** `postgres://user:password@host`. */
const WITH_PASSWORD = /[a-z]:\/\/[^/?#\s:@]*:[^/?#\s@]+@/i

/** What is kept of keys that nobody knows is kept as it is read, and told in events: no place for secrets. */
function hiddenSecrets(unknown: object, path: string[]): Issue[] {
  // A property of one's own, as DSS has them: { name, value, secret: true }.
  const isMarked = 'secret' in unknown && unknown.secret === true
  return Object.entries(unknown).flatMap(([name, value]): Issue[] => {
    const place = [...path, name]
    const isSecret =
      SECRET_NAMES.test(name) ||
      (isMarked && name === 'value') ||
      (typeof value === 'string' && WITH_PASSWORD.test(value))
    if (isSecret && !isEmpty(value)) {
      const message = `${name} looks like a secret that Launchpad has no place for; leave it out.`
      return [{ reason: 'unknown-secret', message, path: place }]
    }
    return typeof value === 'object' && value !== null ? hiddenSecrets(value, place) : []
  })
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  typeof value === 'boolean' ||
  (typeof value === 'object' && Object.keys(value).length === 0)

/** Leaves out what came back as it was given out, untold. */
const toldOf = (top: Record<string, unknown>, kept: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(top).filter(
      ([name, value]) =>
        Object.hasOwn(kept, name) ||
        !Object.hasOwn(UNTOLD, name) ||
        value !== UNTOLD[name as keyof typeof UNTOLD],
    ),
  )

const except = (all: Record<string, unknown>, names: ReadonlySet<string>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !names.has(name)))
