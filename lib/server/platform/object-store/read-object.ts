import 'server-only'
import type { IncomingMessage } from 'node:http'
import { type PathScope, resolvePath } from '#lib/domain/connections/paths'
import { Failure } from '#lib/domain/errors'
import { keyOrFailure } from './list-objects'
import { callStore, type StoreClient, strangeAnswer } from './store-client'
import { translateNetworkError } from './translate-error'
import type { ByteRange, ObjectBody, ObjectFacts } from './types'

/** Gives what the store says about an object, without its bytes. */
export async function headObject(client: StoreClient, scope: PathScope, path: string): Promise<ObjectFacts> {
  const answer = await callStore(client, {
    method: 'HEAD',
    key: keyOrFailure(resolvePath(scope, path), path),
    where: path,
    permission: 's3:GetObject',
    repeatable: true,
  })
  answer.resume()
  return readFacts(answer, path)
}

/** Opens an object, or a range of it, for reading once. */
export async function streamObject(
  client: StoreClient,
  scope: PathScope,
  path: string,
  range: ByteRange | undefined,
): Promise<ObjectBody> {
  const answer = await callStore(client, {
    method: 'GET',
    key: keyOrFailure(resolvePath(scope, path), path),
    where: path,
    permission: 's3:GetObject',
    repeatable: true,
    ...(range === undefined ? {} : { headers: { range: `bytes=${range.start}-${range.end ?? ''}` } }),
  })
  checkRange(answer, path, range)
  const facts = readFacts(answer, path)
  const bytes = readBytes(client, answer, path, range?.start ?? 0)
  return { ...facts, bytes, close: () => answer.destroy() }
}

/** Reads what the head of an answer says about an object. */
function readFacts(answer: IncomingMessage, path: string): ObjectFacts {
  const { headers } = answer
  const total = /^bytes \d+-\d+\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1]
  const size = total ?? headers['content-length']
  const modifiedAtMs = Date.parse(headers['last-modified'] ?? '')
  if (size === undefined || !/^\d{1,15}$/.test(size) || Number.isNaN(modifiedAtMs)) {
    answer.destroy()
    throw strangeAnswer(path, 'an object without size or date')
  }
  const storageClass = headers['x-amz-storage-class']
  return {
    path,
    sizeBytes: Number(size),
    modifiedAtMs,
    etag: (headers.etag ?? '').replaceAll('"', ''),
    storageClass: typeof storageClass === 'string' ? storageClass : 'STANDARD',
  }
}

/** Refuses an answer that does not hold the range asked for, instead of giving other bytes for it. */
function checkRange(answer: IncomingMessage, path: string, range: ByteRange | undefined): void {
  if (range === undefined) return
  const start = /^bytes (\d+)-\d+\//.exec(answer.headers['content-range'] ?? '')?.[1]
  if (answer.statusCode === 206 && Number(start) === range.start) return
  answer.destroy()
  throw strangeAnswer(path, 'it ignores ranges')
}

/** Gives the bytes of an answer; a broken connection is a failure that names the object and the offset. */
async function* readBytes(
  client: StoreClient,
  answer: IncomingMessage,
  path: string,
  startOffset: number,
): AsyncGenerator<Buffer> {
  let offset = startOffset
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      offset += chunk.length
      yield chunk
    }
  } catch (error) {
    throw translateNetworkError(error, path, client.signal, offset)
  } finally {
    answer.destroy()
  }
  // Node ends an aborted answer with an error; this holds servers to their own length all the same.
  if (!answer.complete) {
    throw new Failure('unavailable', 'The object ended before its length', {
      reason: 'connection-reset',
      where: path,
      offset,
    })
  }
}
