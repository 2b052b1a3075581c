import 'server-only'
import { createHash } from 'node:crypto'
import { Failure } from '#lib/domain/errors'
import { BoundedHandler } from './bounded-handler'
import type { GuardedAgents } from './endpoint-guard'
import { NOTHING_AMBIENT } from './nothing-ambient'
import { translateAnswer, translateNetworkError } from './translate-error'
import type { AssumeRoleCredential, StaticCredential, StoreCredential, StoreTimeouts } from './types'

/** Credentials as signing needs them. */
export interface SigningKeys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** What opening a credential needs besides the credential. */
export interface CredentialContext {
  region: string
  agents: GuardedAgents
  timeouts: StoreTimeouts
  signal: AbortSignal
  now: () => Date
}

/** Keys that end by themselves. */
export interface Session {
  keys: SigningKeys
  untilMs: number
}

const SESSION_SECONDS = 900
const RENEW_BEFORE_MS = 60_000
const MAX_SESSIONS = 200

/** Sessions outlive one permit, since assuming a role takes longer than the reads it serves. */
const sessions = new Map<string, Session>()

/** Gives a function that opens a credential when a request is signed, and no sooner. */
export function openCredential(
  credential: StoreCredential,
  context: CredentialContext,
): () => Promise<SigningKeys> {
  switch (credential.kind) {
    case 'static':
      return async () => staticKeys(credential)
    case 'environment':
      return environmentKeys(context.region)
    case 'assume-role':
      return () => roleKeys(credential, context)
  }
}

function staticKeys(credential: StaticCredential): SigningKeys {
  const { accessKeyId, sessionToken } = credential
  const keys = { accessKeyId, secretAccessKey: credential.openSecret() }
  return sessionToken === undefined ? keys : { ...keys, sessionToken }
}

/** The SDK's own chain, which caches and renews; reached only through a credential that says so. */
function environmentKeys(region: string): () => Promise<SigningKeys> {
  let chain: (() => Promise<SigningKeys>) | undefined
  return async () => {
    const { STSClient } = await import('@aws-sdk/client-sts')
    chain ??= new STSClient({ region }).config.credentials
    try {
      return await chain()
    } catch (cause) {
      throw new Failure(
        'validation_failed',
        'This server finds no credential in its environment',
        { reason: 'no-environment-credential', remedy: 'Ask the operator, or use an access key.' },
        { cause },
      )
    }
  }
}

async function roleKeys(credential: AssumeRoleCredential, context: CredentialContext): Promise<SigningKeys> {
  const id = sessionId(credential, context.region)
  const known = sessions.get(id)
  if (known !== undefined && known.untilMs - RENEW_BEFORE_MS > context.now().getTime()) return known.keys
  const session = await assumeRole(credential, context)
  if (sessions.size >= MAX_SESSIONS) sessions.clear()
  sessions.set(id, session)
  return session.keys
}

function sessionId(credential: AssumeRoleCredential, region: string): string {
  const source = credential.source.kind === 'static' ? staticKeys(credential.source) : undefined
  return JSON.stringify([
    credential.roleArn,
    credential.externalId,
    source?.accessKeyId,
    // Who has the key's name and not its secret must not find a session of who has both.
    source === undefined ? undefined : createHash('sha256').update(source.secretAccessKey).digest('hex'),
    credential.stsEndpoint ?? '',
    region,
  ])
}

/** Opens a session of the role, which may do no more than `policy` allows where there is one. */
export async function assumeRole(
  credential: AssumeRoleCredential,
  context: CredentialContext,
  policy?: string,
): Promise<Session> {
  const { timeouts, agents, region } = context
  // Loaded here, since few connections assume a role and the SDK is large.
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts')
  const { NodeHttpHandler } = await import('@smithy/node-http-handler')
  const source = openCredential(credential.source, context)
  const client = new STSClient({
    ...NOTHING_AMBIENT,
    region,
    credentials: source,
    endpoint: credential.stsEndpoint ?? stsEndpoint(region),
    requestHandler: new BoundedHandler(NodeHttpHandler, agents, timeouts),
  })
  const command = new AssumeRoleCommand({
    RoleArn: credential.roleArn,
    ExternalId: credential.externalId,
    RoleSessionName: 'launchpad',
    DurationSeconds: SESSION_SECONDS,
    ...(policy === undefined ? {} : { Policy: policy }),
  })
  try {
    const { Credentials: given } = await client.send(command, { abortSignal: context.signal })
    return sessionFrom(
      given?.AccessKeyId,
      given?.SecretAccessKey,
      given?.SessionToken,
      given?.Expiration,
      context,
    )
  } catch (error) {
    throw translateStsError(error, context.signal)
  }
}

function sessionFrom(
  accessKeyId: string | undefined,
  secretAccessKey: string | undefined,
  sessionToken: string | undefined,
  expiration: Date | undefined,
  context: CredentialContext,
): Session {
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) {
    throw new Failure('validation_failed', 'The security token service gave no session', {
      reason: 'not-sts',
    })
  }
  const untilMs = expiration?.getTime() ?? context.now().getTime() + SESSION_SECONDS * 1000
  return { keys: { accessKeyId, secretAccessKey, sessionToken }, untilMs }
}

function stsEndpoint(region: string): string {
  return `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
}

const ROLE = { where: 'the role of the connection', permission: 'sts:AssumeRole' }

// The SDK puts the answer's code into `name` and its status into `$metadata`.
function translateStsError(error: unknown, signal: AbortSignal): Failure {
  if (error instanceof Failure) return error
  const status = statusOf(error)
  if (!(error instanceof Error) || status === undefined)
    return translateNetworkError(error, ROLE.where, signal)
  const code = error.name === 'InvalidClientTokenId' ? 'InvalidAccessKeyId' : error.name
  return translateAnswer({ status, code, strange: false }, ROLE)
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined
  const { $metadata: metadata } = error
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined
}
