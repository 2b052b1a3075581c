import 'server-only'
import { Readable } from 'node:stream'
import type { GetObjectCommandOutput, HeadObjectCommandOutput } from '@aws-sdk/client-s3'
import { type PathScope, resolvePath } from '#lib/domain/connections/paths'
import { markSole } from '../sole-bytes'
import { AnswerTimeout } from './collect-body'
import { keyOrFailure } from './list-objects'
import { callStore, type StoreClient } from './store-client'
import { bytesFailure, strangeAnswer } from './translate-error'
import type { ByteRange, ObjectBody, ObjectFacts } from './types'

/** Gives what the store says about an object, without its bytes. */
export async function headObject(client: StoreClient, scope: PathScope, path: string): Promise<ObjectFacts> {
  const Key = keyOrFailure(resolvePath(scope, path), path)
  const call = { where: path, permission: 's3:GetObject', repeatable: true }
  const said = await callStore(client, call, ({ s3, sdk, options }) =>
    s3.send(new sdk.HeadObjectCommand({ Bucket: client.bucket, Key }), options),
  )
  return readFacts(said, path)
}

/** Opens an object, or a range of it, for reading once. */
export async function streamObject(
  client: StoreClient,
  scope: PathScope,
  path: string,
  range: ByteRange | undefined,
): Promise<ObjectBody> {
  const Key = keyOrFailure(resolvePath(scope, path), path)
  const Range = range === undefined ? undefined : `bytes=${range.start}-${range.end ?? ''}`
  const call = { where: path, permission: 's3:GetObject', repeatable: true }
  const said = await callStore(client, call, ({ s3, sdk, options }) =>
    s3.send(new sdk.GetObjectCommand({ Bucket: client.bucket, Key, Range }), options),
  )
  const body = bodyOf(said, path)
  try {
    checkRange(said, path, range)
    const facts = readFacts(said, path)
    const extent = { path, start: range?.start ?? 0, sizeBytes: said.ContentLength ?? 0 }
    return { ...facts, bytes: readBytes(client, body, extent), close: () => body.destroy() }
  } catch (error) {
    body.destroy()
    throw error
  }
}

/** The bytes of an answer, still to be read; what ends them early is no error until somebody reads. */
export function bodyOf({ Body }: GetObjectCommandOutput, path: string): Readable {
  if (!(Body instanceof Readable)) throw strangeAnswer(path, 'an object without a body')
  return Body.on('error', () => undefined)
}

/** Reads what the head of an answer says about an object. */
function readFacts(said: HeadObjectCommandOutput | GetObjectCommandOutput, path: string): ObjectFacts {
  const total = /^bytes \d+-\d+\/(\d{1,15})$/.exec(said.ContentRange ?? '')?.[1]
  const sizeBytes = total === undefined ? said.ContentLength : Number(total)
  const modifiedAtMs = said.LastModified?.getTime()
  if (
    sizeBytes === undefined ||
    !(sizeBytes >= 0) ||
    modifiedAtMs === undefined ||
    Number.isNaN(modifiedAtMs)
  ) {
    throw strangeAnswer(path, 'an object without size or date')
  }
  const etag = (said.ETag ?? '').replaceAll('"', '')
  return { path, sizeBytes, modifiedAtMs, etag, storageClass: said.StorageClass ?? 'STANDARD' }
}

/** Refuses an answer that does not hold the range asked for, instead of giving other bytes for it. */
function checkRange(said: GetObjectCommandOutput, path: string, range: ByteRange | undefined): void {
  if (range === undefined) return
  const start = /^bytes (\d+)-\d+\//.exec(said.ContentRange ?? '')?.[1]
  if (said.$metadata.httpStatusCode === 206 && Number(start) === range.start) return
  throw strangeAnswer(path, 'it ignores ranges')
}

/** Which bytes an answer holds, of which object. */
interface Extent {
  path: string
  start: number
  sizeBytes: number
}

/** Gives the bytes of an answer; a broken connection is a failure that names the object and the offset. */
async function* readBytes(client: StoreClient, body: Readable, extent: Extent): AsyncGenerator<Buffer> {
  let offset = extent.start
  let isWaiting = true
  // Counts only while somebody waits: bytes that lie here are the reader's slowness, not the store's.
  const idle = setTimeout(() => {
    if (isWaiting) body.destroy(new AnswerTimeout('silence'))
  }, client.timeouts.idleMs)
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      isWaiting = false
      offset += chunk.length
      if (chunk.length === chunk.buffer.byteLength) markSole(chunk)
      yield chunk
      isWaiting = true
      idle.refresh()
    }
  } catch (error) {
    throw bytesFailure(error, extent.path, client.signal, offset)
  } finally {
    clearTimeout(idle)
    body.destroy()
  }
  // Node ends an aborted answer with an error; this holds servers to their own length all the same.
  if (offset < extent.start + extent.sizeBytes) {
    throw bytesFailure(undefined, extent.path, client.signal, offset)
  }
}
