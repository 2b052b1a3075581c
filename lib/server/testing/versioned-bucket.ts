import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { openTestStore, serve } from './loopback-store'

/** Answers for an object as S3 does, whole or by range; gives the range that was asked for. */
export function respondObject(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  version = 1,
): string | undefined {
  const { range } = headers
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  const part = bytes.subarray(Number(from), to === '' ? bytes.length : Number(to) + 1)
  const common = { etag: `"${version}"`, 'last-modified': 'Sun, 22 Nov 2026 00:00:00 GMT' }
  if (method === 'HEAD') {
    response.writeHead(200, { ...common, 'content-length': bytes.length }).end()
    return undefined
  }
  const partOf = { 'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}` }
  response
    .writeHead(range === undefined ? 200 : 206, {
      ...common,
      ...(range === undefined ? {} : partOf),
      'content-length': part.length,
    })
    .end(part)
  return range ?? 'whole'
}

/** A bucket of one file, whose version a test may change, which tells what of it was asked for and is still being answered. */
export async function bucketOf(bytes: Buffer) {
  const ranges: string[] = []
  const open = new Set<ServerResponse>()
  const bucket = { version: 1 }
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'GET') open.add(response)
    response.on('close', () => open.delete(response))
    const range = respondObject(request, response, bytes, bucket.version)
    if (range !== undefined) ranges.push(range)
  }
  return Object.assign(bucket, { store: openTestStore(await serve(answer)), ranges, open })
}
