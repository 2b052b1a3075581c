import 'server-only'
import { toDssParams } from '#lib/domain/connections/dss-json'
import { CONNECTION_TYPE } from '#lib/domain/connections/params'
import { mayUse } from '#lib/domain/connections/policy'
import { TEST_STEPS } from '#lib/domain/connections/test-result'
import { Failure } from '#lib/domain/errors'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { connectionKind } from './connection-kind'
import { platformParams } from './dss-connections'
import { toDetails } from './dto'
import { type IssuedCredential, issueCredential } from './issue-credential'
import { testConnection } from './test-connection'

/** Why an answer holds no credential, by how the connection signs in. */
const WITHHELD = {
  KEYPAIR: 'The key pair of a connection is never given out; read datasets through Launchpad.',
  ENVIRONMENT: "The server's own credentials are never given out; read datasets through Launchpad.",
  MANAGED: 'The store of a managed connection is opened by Launchpad alone.',
  STS_ASSUME_ROLE:
    'A session of the role is for those named in “Freely usable by”; read datasets through Launchpad.',
}

/**
 * Where a connection leads, for whom "Details readable by" names. A credential is given out for a role alone, as a session
 * limited to the connection's part of the bucket; where there is none, `params.credentialWithheld` says why.
 */
export async function getDssConnectionInfo(ctx: Context, name: string) {
  const read = await readAs(ctx, connectionKind, 'read-details', { name }, async ({ row, subject, at }) => ({
    name: row.name,
    details: toDetails(row),
    usable: mayUse(subject, row, at),
  }))
  const { details } = read
  const credentialsMode = details.store === 'own' ? details.credentials : 'MANAGED'
  const params: Record<string, unknown> =
    details.store === 'own' ? toDssParams(details, false) : platformParams(details)
  // Bucket, endpoint, region and role; of a key pair, neither half.
  delete params.secretKey
  delete params.accessKey
  const issue = credentialsMode === 'STS_ASSUME_ROLE' && read.usable
  const credential = issue ? await issuedOrWhy(ctx, read.name) : WITHHELD[credentialsMode]
  const facts = { name: read.name, type: CONNECTION_TYPE, credentialsMode, resolvedParams: params }
  if (typeof credential === 'string')
    return { ...facts, params: { ...params, credentialWithheld: credential } }
  return { ...facts, params, resolvedAWSCredential: credential }
}

/** What STS refuses is told in the answer, which holds the rest all the same. */
async function issuedOrWhy(ctx: Context, name: string): Promise<IssuedCredential | string> {
  try {
    return await issueCredential(ctx, name)
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
}

/** Tests a connection step by step: reachable, credentials, list, read, clock; it writes nothing. */
export async function testDssConnection(ctx: Context, name: string) {
  const { ok, message, durationMs, steps } = await testConnection(ctx, name, { write: false })
  const failed = TEST_STEPS.flatMap((step) =>
    steps.filter((one) => one.step === step && one.outcome === 'failed'),
  )
  return {
    connectionOK: ok,
    message,
    ...(failed[0] ? { connectionErrorMsg: failed[0].message } : {}),
    durationMs,
    steps,
  }
}
