import http from 'node:http'
import * as S3 from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startS3 } from './server.mjs'
import { createTestClient, READER, startTestS3 } from './testing.mjs'

const Bucket = 'data'
let server
let client
let nowMs = null

beforeAll(async () => {
  server = await startTestS3({ buckets: [Bucket], now: () => nowMs ?? Date.now() })
  client = createTestClient(server.endpoint)
})
afterAll(async () => {
  client.destroy()
  await server.stop()
})

const put = (Key, Body, more = {}) => client.send(new S3.PutObjectCommand({ Bucket, Key, Body, ...more }))
const get = (Key, more = {}) => client.send(new S3.GetObjectCommand({ Bucket, Key, ...more }))
const head = (Key, more = {}) => client.send(new S3.HeadObjectCommand({ Bucket, Key, ...more }))
const textOf = async (answer) => answer.Body.transformToString()
const status = (httpStatusCode) => ({ $metadata: { httpStatusCode } })

/** Sends one request as it is, without a client that would tidy it up. */
function rawRequest(options, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: server.port, ...options }, (response) => {
      let text = ''
      response.on('data', (piece) => {
        text += piece
      })
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** The SDK's own signed request, stopped before it is sent so that a test can change it. */
async function signedRequest(command) {
  let captured
  const capturing = createTestClient(server.endpoint, {
    requestHandler: {
      handle: async (request) => {
        captured = request
        throw new Error('captured')
      },
    },
  })
  await capturing.send(command).catch(() => undefined)
  const query = new URLSearchParams(captured.query).toString()
  return {
    method: captured.method,
    path: captured.path + (query && `?${query}`),
    headers: captured.headers,
    body: captured.body,
  }
}

describe('a read-only key', () => {
  const writes = {
    PutObject: new S3.PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }),
    CopyObject: new S3.CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/seed` }),
    DeleteObject: new S3.DeleteObjectCommand({ Bucket, Key: 'seed' }),
    DeleteObjects: new S3.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'seed' }] } }),
    CreateBucket: new S3.CreateBucketCommand({ Bucket: 'other' }),
    DeleteBucket: new S3.DeleteBucketCommand({ Bucket }),
    CreateMultipartUpload: new S3.CreateMultipartUploadCommand({ Bucket, Key: 'k' }),
    UploadPart: new S3.UploadPartCommand({ Bucket, Key: 'k', UploadId: 'u', PartNumber: 1, Body: 'x' }),
    CompleteMultipartUpload: new S3.CompleteMultipartUploadCommand({
      ...{ Bucket, Key: 'k', UploadId: 'u', MultipartUpload: { Parts: [{ PartNumber: 1, ETag: 'e' }] } },
    }),
    AbortMultipartUpload: new S3.AbortMultipartUploadCommand({ Bucket, Key: 'k', UploadId: 'u' }),
  }
  let reader
  beforeAll(async () => {
    await put('seed', 'seed')
    reader = createTestClient(server.endpoint, { credentials: READER })
  })
  afterAll(() => reader.destroy())

  it.each(Object.keys(writes))('gets 403 for %s', async (name) => {
    await expect(reader.send(writes[name])).rejects.toMatchObject({ name: 'AccessDenied', ...status(403) })
  })

  it('reads and lists, and finds everything as it was', async () => {
    const { Contents } = await reader.send(new S3.ListObjectsV2Command({ Bucket }))
    expect(Contents.map(({ Key }) => Key)).toEqual(['seed'])
    expect(await textOf(await reader.send(new S3.GetObjectCommand({ Bucket, Key: 'seed' })))).toBe('seed')
  })
})

describe('tampering', () => {
  it('with the body of a signed PUT is refused and stores nothing', async () => {
    const request = await signedRequest(new S3.PutObjectCommand({ Bucket, Key: 'tampered', Body: 'pay 10' }))
    expect((await rawRequest(request, 'pay 99')).text).toContain('<Code>XAmzContentSHA256Mismatch</Code>')
    await expect(head('tampered')).rejects.toMatchObject(status(404))
    expect((await rawRequest(request, 'pay 10')).status).toBe(200)
  })

  it('with the key of a signed request is refused', async () => {
    const request = await signedRequest(new S3.GetObjectCommand({ Bucket, Key: 'tampered' }))
    const answer = await rawRequest({ ...request, path: `/${Bucket}/../${Bucket}/seed` })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('<Code>SignatureDoesNotMatch</Code>')
    expect(answer.text).toContain(`<RequestId>${answer.headers['x-amz-request-id']}</RequestId>`)
  })

  it('a replay is refused once the clock has moved on 15 minutes', async () => {
    const request = await signedRequest(new S3.GetObjectCommand({ Bucket, Key: 'seed' }))
    nowMs = Date.now() + 16 * 60_000
    const answer = await rawRequest(request)
    nowMs = null
    expect(answer.text).toContain('<Code>RequestTimeTooSkewed</Code>')
  })

  it('an expired presigned URL is refused', async () => {
    const url = await getSignedUrl(client, new S3.GetObjectCommand({ Bucket, Key: 'seed' }), {
      expiresIn: 60,
    })
    expect((await fetch(url)).status).toBe(200)
    nowMs = Date.now() + 62_000
    const answer = await fetch(url)
    nowMs = null
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('Request has expired')
  })

  it('a body broken off stores nothing and harms nobody', async () => {
    const request = await signedRequest(
      new S3.PutObjectCommand({ Bucket, Key: 'half', Body: 'x'.repeat(500_000) }),
    )
    await new Promise((resolve) => {
      const { method, path, headers } = request
      const sent = http.request({ host: '127.0.0.1', port: server.port, method, path, headers })
      sent.on('error', resolve)
      sent.write('x'.repeat(250_000), () => setTimeout(() => sent.destroy(new Error('gone')), 50))
    })
    await expect(head('half')).rejects.toMatchObject(status(404))
    await put('half', 'whole')
  })
})

describe('paths', () => {
  it.each(['..', '../../etc/passwd', '/', './x', 'a/../b', '%2e%2e/x', 'nul\u0000byte', 'new\nline'])(
    'the key %j is a name like any other',
    async (key) => {
      const request = await signedRequest(new S3.PutObjectCommand({ Bucket, Key: key, Body: key }))
      expect((await rawRequest(request, key)).status).toBe(200)
      const { Contents } = await client.send(
        new S3.ListObjectsV2Command({ Bucket, Prefix: key, EncodingType: 'url' }),
      )
      expect(Contents.map(({ Key }) => decodeURIComponent(Key))).toContain(key)
    },
  )

  it('a key over 1,024 bytes is refused', () =>
    expect(put('é'.repeat(513), 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' }))

  it.each(['A', 'ab', '1.2.3.4', '-abc', 'a..b', 'UPPER'])('%s is no bucket name', async (name) => {
    const answer = await rawRequest({ path: `/${name}`, method: 'PUT' })
    expect(answer.text).toContain('<Code>InvalidBucketName</Code>')
  })
})

describe('what is not implemented', () => {
  const object = { Bucket, Key: 'kept' }
  const commands = {
    PutObjectAcl: new S3.PutObjectAclCommand({ ...object, ACL: 'private' }),
    PutObjectTagging: new S3.PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [] } }),
    'DeleteObject of a version': new S3.DeleteObjectCommand({ ...object, VersionId: '1' }),
    'GetObject of a part': new S3.GetObjectCommand({ ...object, PartNumber: 1 }),
    PutBucketPolicy: new S3.PutBucketPolicyCommand({ Bucket, Policy: '{}' }),
    DeleteBucketCors: new S3.DeleteBucketCorsCommand({ Bucket }),
  }

  it.each(Object.keys(commands))('%s is refused and leaves the object alone', async (name) => {
    await put('kept', 'kept')
    await expect(client.send(commands[name])).rejects.toMatchObject({
      name: 'NotImplemented',
      ...status(501),
    })
    expect(await textOf(await get('kept'))).toBe('kept')
  })
})

describe('startS3', () => {
  it.each(['0.0.0.0', '::', '192.168.0.1', 'localhost', 'example.com'])(
    'refuses to listen on %s',
    async (host) => {
      await expect(startS3({ dir: server.dir, host, keys: [READER] })).rejects.toThrow(
        'listens on loopback only',
      )
    },
  )

  it('says in one sentence that the folder is in use', async () => {
    await expect(startS3({ dir: server.dir, keys: [READER] })).rejects.toThrow(
      `Another process is already using the object store folder ${server.dir}; stop it first.`,
    )
  })

  it('says in one sentence that the port is taken, and lets go of its folder', async () => {
    const other = await startTestS3()
    await other.close()
    const taken = { dir: other.dir, port: server.port, keys: [READER] }
    await expect(startS3(taken)).rejects.toThrow(`Port ${server.port} on 127.0.0.1 is taken`)
    const again = await startS3({ dir: other.dir, keys: [READER] })
    await again.close()
    await other.stop()
  })
})
