import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { openTestStore, serve } from './loopback-store'

/** A bucket of one file, whose version a test may change, which tells what of it was asked for and is still being answered. */
export async function bucketOf(bytes: Buffer) {
  const ranges: string[] = []
  const open = new Set<ServerResponse>()
  const bucket = { version: 1 }
  const answer = ({ method, headers }: IncomingMessage, response: ServerResponse) => {
    const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? []
    const part = bytes.subarray(Number(from), to === '' ? bytes.length : Number(to) + 1)
    const common = { etag: `"${bucket.version}"`, 'last-modified': 'Sun, 22 Nov 2026 00:00:00 GMT' }
    if (method === 'HEAD') {
      response.writeHead(200, { ...common, 'content-length': bytes.length }).end()
      return
    }
    open.add(response)
    response.on('close', () => open.delete(response))
    ranges.push(headers.range ?? 'whole')
    const range = { 'content-range': `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}` }
    response
      .writeHead(headers.range === undefined ? 200 : 206, {
        ...common,
        ...(headers.range === undefined ? {} : range),
        'content-length': part.length,
      })
      .end(part)
  }
  return Object.assign(bucket, { store: openTestStore(await serve(answer)), ranges, open })
}
