import 'server-only'
import { sessionPolicy } from '#lib/domain/connections/session-policy'
import { Failure } from '#lib/domain/errors'
import { changed, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { withPermit } from '../access/with-permit'
import { openLimitedSession } from '../platform/object-store/limited-session'
import { connectionKind } from './connection-kind'
import { endpointPolicy } from './endpoint-policy'
import { readParams, storeTargetOf } from './store-target'

/** A credential as DSS clients name its parts. */
export interface IssuedCredential {
  accessKey: string
  secretKey: string
  sessionToken: string
}

const DEADLINE_MS = 10_000

/**
 * Opens a session of the connection's role for the caller's own program: fifteen minutes, within the root and the allowed
 * prefixes, reading alone unless the connection allows to write. The event is written before it is given out.
 */
export async function issueCredential(ctx: Context, name: string): Promise<IssuedCredential> {
  const { session, bucket, allowWrite } = await withPermit(
    ctx,
    connectionKind,
    'issue-credential',
    { name },
    { deadlineMs: DEADLINE_MS },
    async ({ row }) => row,
    async (permit, row) => {
      const params = readParams(row)
      const target = storeTargetOf(row)
      if (params.store === 'platform' || params.bucket === '' || target.credential.kind !== 'assume-role')
        throw noSession(name)
      const { bucket, root, allowedPrefixes, credential, region } = target
      const { allowWrite } = params
      const policy = sessionPolicy({ bucket, root, allowedPrefixes, allowWrite })
      const session = await openLimitedSession(permit, { credential, region }, endpointPolicy(), policy)
      return { session, bucket, allowWrite }
    },
  )
  return writeAs(ctx, connectionKind, 'issue-credential', { name }, async ({ row }) => {
    const { accessKeyId, secretAccessKey, sessionToken = '' } = session.keys
    return changed(
      { accessKey: accessKeyId, secretKey: secretAccessKey, sessionToken },
      {
        msgType: 'connection-credential-issue',
        objectType: 'connection',
        objectId: row.name,
        fields: {
          bucket,
          allowWrite,
          accessKey: accessKeyId,
          until: new Date(session.untilMs).toISOString(),
        },
      },
    )
  })
}

const noSession = (name: string) =>
  new Failure('validation_failed', `${name} names no bucket and role that a session could be limited to.`, {
    reason: 'no-session',
    where: name,
  })
