import 'server-only'
import { SECRET_MARK, toDssParams } from '#lib/domain/connections/dss-json'
import { CONNECTION_TYPE } from '#lib/domain/connections/params'
import { TEST_STEPS } from '#lib/domain/connections/test-result'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { connectionKind } from './connection-kind'
import { platformParams } from './dss-connections'
import { toDetails } from './dto'
import { testConnection } from './test-connection'

/** Why an answer holds no credential, by how the connection signs in. */
const WITHHELD = {
  KEYPAIR: 'The key pair of a connection is never given out; read datasets through Launchpad.',
  ENVIRONMENT: "The server's own credentials are never given out; read datasets through Launchpad.",
  STS_ASSUME_ROLE: 'Sessions of the role are not given out; read datasets through Launchpad.',
  MANAGED: 'The store of a managed connection is opened by Launchpad alone.',
}

/** Where a connection leads, for whom "Details readable by" names; never a secret, and `params` says why. */
export function getDssConnectionInfo(ctx: Context, name: string) {
  return readAs(ctx, connectionKind, 'read-details', { name }, async ({ row }) => {
    const details = toDetails(row)
    const credentialsMode = details.store === 'own' ? details.credentials : 'MANAGED'
    const known = details.store === 'own' ? toDssParams(details, false) : platformParams(details)
    const { secretKey: _, ...params } = { secretKey: SECRET_MARK, ...known }
    return {
      name: row.name,
      type: CONNECTION_TYPE,
      credentialsMode,
      params: { ...params, credentialWithheld: WITHHELD[credentialsMode] },
      resolvedParams: params,
    }
  })
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
