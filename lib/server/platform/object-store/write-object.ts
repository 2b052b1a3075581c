import 'server-only'
import type { PutObjectCommandInput } from '@aws-sdk/client-s3'
import { resolveFolder, resolvePath } from '#lib/domain/connections/paths'
import { keyOrFailure } from './list-objects'
import { callStore, type StoreClient } from './store-client'
import { strangeAnswer } from './translate-error'
import type { PutRequest, StoreTarget } from './types'

/** Writes one object in a single request; unless told otherwise it refuses to replace one (`already-exists`). */
export async function putObject(
  client: StoreClient,
  target: StoreTarget,
  request: PutRequest,
): Promise<{ etag: string }> {
  const { path, body } = request
  const input = {
    Bucket: client.bucket,
    Key: keyOrFailure(resolvePath(target, path), path),
    Body: body,
    ContentType: request.contentType ?? 'application/octet-stream',
    IfNoneMatch: request.onlyIfAbsent === false ? undefined : '*',
    ...encryptionOf(target),
  }
  const call = { where: path, permission: 's3:PutObject' }
  const said = await callStore(client, call, ({ s3, sdk, options }) =>
    s3.send(new sdk.PutObjectCommand(input), options),
  )
  return { etag: (said.ETag ?? '').replaceAll('"', '') }
}

/** Starts a multipart upload below a folder and aborts it, which needs the right to write and leaves nothing. */
export async function tryWrite(client: StoreClient, target: StoreTarget, folder: string): Promise<void> {
  const key = `${keyOrFailure(resolveFolder(target, folder), folder)}.launchpad-write-test`
  const upload = { Bucket: client.bucket, Key: key }
  const start = { where: folder, permission: 's3:PutObject' }
  const { UploadId } = await callStore(client, start, ({ s3, sdk, options }) =>
    s3.send(new sdk.CreateMultipartUploadCommand({ ...upload, ...encryptionOf(target) }), options),
  )
  if (UploadId === undefined || UploadId === '') throw strangeAnswer(folder, 'an upload without an id')
  const abort = { where: folder, permission: 's3:AbortMultipartUpload' }
  await callStore(client, abort, ({ s3, sdk, options }) =>
    s3.send(new sdk.AbortMultipartUploadCommand({ ...upload, UploadId }), options),
  )
}

function encryptionOf({
  encryption,
}: StoreTarget): Pick<PutObjectCommandInput, 'ServerSideEncryption' | 'SSEKMSKeyId'> {
  switch (encryption?.kind) {
    case 'sse-s3':
      return { ServerSideEncryption: 'AES256' }
    case 'sse-kms':
      return { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: encryption.keyId }
    default:
      return {}
  }
}
