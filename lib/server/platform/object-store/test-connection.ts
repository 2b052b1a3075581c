import 'server-only'
import { Failure } from '#lib/domain/errors'
import { collectBody } from './collect-body'
import { listPage } from './list-objects'
import { bodyOf } from './read-object'
import { s3For } from './s3-clients'
import { callStore, type StoreClient } from './store-client'
import {
  attempt,
  clockStep,
  credentialsStep,
  listStep,
  notTested,
  regionStep,
  stepOf,
  type Tried,
} from './test-steps'
import { translateNetworkError } from './translate-error'
import { hiddenAnswer } from './translate-sdk-error'
import type { StoredObject, StoreTarget, TestRequest, TestStep } from './types'
import { tryWrite } from './write-object'

const BUDGET_MS = 2_000
const SAMPLE_KEYS = 20
const ARCHIVED = new Set(['GLACIER', 'DEEP_ARCHIVE'])

/**
 * Tries a connection step by step, each with its time, all within a budget that does not depend on the bucket's size.
 * It never throws for what the store does: that is a failed step. Its texts name bucket and address, so that only who
 * governs the connection may see them.
 */
export async function testConnection(
  clientUnder: (deadline: AbortSignal) => StoreClient,
  target: StoreTarget,
  request: TestRequest,
): Promise<TestStep[]> {
  const client = clientUnder(AbortSignal.timeout(request.budgetMs ?? BUDGET_MS))
  const reached = await attempt(() => reach(client))
  const reachable = stepOf(
    'reachable',
    reached,
    () => `Answered over ${client.origin.protocol.slice(0, -1)}`,
    target,
  )
  if ('failure' in reached) {
    const rest = ['credentials', 'list', 'read', 'clock-skew', 'region'] as const
    return [reachable, ...rest.map((step) => notTested(step, 'The endpoint was not reached'))]
  }
  const opened = await attempt(() => client.keys())
  const listed = 'failure' in opened ? undefined : await attempt(() => listSome(client, target))
  const headers = reached.value
  return [
    reachable,
    credentialsStep(opened, listed, target),
    listStep(listed, (objects) => foundWords(objects), target),
    await readStep(client, target, listed),
    ...(request.writeBelow === undefined ? [] : [await writeStep(client, target, request.writeBelow)]),
    clockStep(headers.date, client.now()),
    regionStep(headers['x-amz-bucket-region'], listed, target),
  ]
}

/**
 * The headers of the answer to an unsigned question, so that a wrong credential is told apart from an endpoint out of
 * reach. Anything that answers over HTTP counts as reached, but a redirect that names no region.
 */
async function reach(client: StoreClient): Promise<Record<string, string>> {
  const where = client.origin.host
  const { status, headers } = await askForBucket(client).catch((error: unknown) => {
    const refusal = hiddenAnswer(error)
    if (refusal === undefined) throw translateNetworkError(error, where, client.signal)
    return { status: refusal.statusCode, headers: refusal.headers }
  })
  if (status < 300 || status >= 400 || headers['x-amz-bucket-region'] !== undefined) return headers
  throw new Failure('validation_failed', 'The endpoint redirects elsewhere, which is not followed', {
    reason: 'redirect',
    remedy: 'Check the endpoint of the connection.',
  })
}

/** Asks for the bucket by path, since the endpoint's own name is what has to be reached. */
async function askForBucket(
  client: StoreClient,
): Promise<{ status: number; headers: Record<string, string> }> {
  const { s3, sdk } = await s3For({ ...client, bucketInPath: true }, undefined)
  const command = new sdk.HeadBucketCommand({ Bucket: client.bucket })
  let headers: Record<string, string> = {}
  // What the SDK makes of the answer leaves out the store's clock.
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      headers = (result.response as { headers: Record<string, string> }).headers
      return result
    },
    { step: 'deserialize', priority: 'low', name: 'keepHeaders' },
  )
  await s3.send(command, { abortSignal: client.signal })
  return { status: 200, headers }
}

/** The first objects of what the connection opens; of several prefixes each has to be listed. */
async function listSome(client: StoreClient, target: StoreTarget): Promise<StoredObject[]> {
  const prefixes = target.allowedPrefixes.length > 0 ? target.allowedPrefixes : ['/']
  const pages = await Promise.all(
    prefixes.map((prefixPath) => listPage(client, target, { prefixPath, maxKeys: SAMPLE_KEYS })),
  )
  return pages.flatMap((page) => page.objects)
}

async function readStep(
  client: StoreClient,
  target: StoreTarget,
  listed: Tried<StoredObject[]> | undefined,
): Promise<TestStep> {
  if (listed === undefined || 'failure' in listed) return notTested('read', 'Nothing could be listed')
  const files = listed.value.filter(({ path }) => !path.endsWith('/'))
  const readable = files.filter(({ storageClass }) => !ARCHIVED.has(storageClass))
  const [object] = readable
  if (object === undefined) {
    return notTested(
      'read',
      files.length === 0 ? 'There is no object to read yet' : 'The objects found are archived',
    )
  }
  return stepOf(
    'read',
    await attempt(() => readFirstByte(client, target, object)),
    () => `Read from ${object.path}`,
    target,
  )
}

async function readFirstByte(client: StoreClient, target: StoreTarget, object: StoredObject): Promise<void> {
  const call = { where: object.path, permission: 's3:GetObject' }
  const input = {
    Bucket: client.bucket,
    Key: target.root + object.path.slice(1),
    Range: object.sizeBytes === 0 ? undefined : 'bytes=0-0',
  }
  await callStore(client, call, async ({ s3, sdk, options }) => {
    const said = await s3.send(new sdk.GetObjectCommand(input), options)
    const body = bodyOf(said, object.path)
    // A store that ignores ranges sends all of it: the permission is shown by the first byte.
    if (said.$metadata.httpStatusCode === 206) await collectBody(body, 1, client.timeouts.answerMs)
    else body.destroy()
  })
}

async function writeStep(client: StoreClient, target: StoreTarget, folder: string): Promise<TestStep> {
  const tried = await attempt(() => tryWrite(client, target, folder))
  return stepOf('write', tried, () => 'A multipart upload was started and aborted; nothing stays', target)
}

function foundWords(objects: StoredObject[]): string {
  if (objects.length === 0) return 'Listed; nothing is there yet'
  return objects.length === 1 ? 'Found 1 object' : `Found objects, the first is ${objects[0]?.path}`
}
