import 'server-only'
import { crc32 } from 'node:zlib'
import { resolveFolder, resolvePath } from '#lib/domain/connections/paths'
import { keyOrFailure } from './list-objects'
import { callForBody, callStore, type StoreClient, strangeAnswer } from './store-client'
import type { PutRequest, StoreTarget } from './types'
import { readFlatXml } from './xml-cursor'

/** Writes one object in a single request; unless told otherwise it refuses to replace one (`already-exists`). */
export async function putObject(
  client: StoreClient,
  target: StoreTarget,
  request: PutRequest,
): Promise<{ etag: string }> {
  const { path, body } = request
  const answer = await callStore(client, {
    method: 'PUT',
    key: keyOrFailure(resolvePath(target, path), path),
    where: path,
    permission: 's3:PutObject',
    body,
    headers: {
      'content-type': request.contentType ?? 'application/octet-stream',
      ...(request.onlyIfAbsent === false ? {} : { 'if-none-match': '*' }),
      ...(target.checksumMode === 'WHEN_SUPPORTED' ? { 'x-amz-checksum-crc32': crc32Base64(body) } : {}),
      ...encryptionHeaders(target),
    },
  })
  answer.resume()
  return { etag: (answer.headers.etag ?? '').replaceAll('"', '') }
}

/** Starts a multipart upload below a folder and aborts it, which needs the right to write and leaves nothing. */
export async function tryWrite(client: StoreClient, target: StoreTarget, folder: string): Promise<void> {
  const key = `${keyOrFailure(resolveFolder(target, folder), folder)}.launchpad-write-test`
  const where = folder
  const body = await callForBody(client, {
    method: 'POST',
    key,
    where,
    permission: 's3:PutObject',
    query: [['uploads', '']],
    headers: encryptionHeaders(target),
  })
  const uploadId = readFlatXml(body.toString())?.fields.UploadId
  if (uploadId === undefined) throw strangeAnswer(where, 'an upload without an id')
  const aborted = await callStore(client, {
    method: 'DELETE',
    key,
    where,
    permission: 's3:AbortMultipartUpload',
    query: [['uploadId', uploadId]],
  })
  aborted.resume()
}

function encryptionHeaders({ encryption }: StoreTarget): Record<string, string> {
  switch (encryption?.kind) {
    case 'sse-s3':
      return { 'x-amz-server-side-encryption': 'AES256' }
    case 'sse-kms':
      return {
        'x-amz-server-side-encryption': 'aws:kms',
        ...(encryption.keyId === undefined
          ? {}
          : { 'x-amz-server-side-encryption-aws-kms-key-id': encryption.keyId }),
      }
    default:
      return {}
  }
}

function crc32Base64(body: Buffer): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(body))
  return bytes.toString('base64')
}
