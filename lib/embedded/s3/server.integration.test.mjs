import { createHash } from 'node:crypto'
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

describe('objects', () => {
  it('archived classes are listed and described, but not read', async () => {
    await put('cold', 'x', { StorageClass: 'GLACIER' })
    expect((await head('cold')).StorageClass).toBe('GLACIER')
    const { Contents } = await client.send(new S3.ListObjectsV2Command({ Bucket, Prefix: 'cold' }))
    expect(Contents[0].StorageClass).toBe('GLACIER')
    await expect(get('cold')).rejects.toMatchObject({ name: 'InvalidObjectState', StorageClass: 'GLACIER' })
    await expect(put('cold', 'x', { StorageClass: 'FREEZER' })).rejects.toMatchObject({
      name: 'InvalidStorageClass',
    })
  })

  it('an empty object', async () => {
    await put('empty', '')
    expect(await textOf(await get('empty'))).toBe('')
    expect((await head('empty')).ContentLength).toBe(0)
  })

  it('a conditional GET is 304', async () => {
    const { ETag } = await put('same', 'same')
    await expect(get('same', { IfNoneMatch: ETag })).rejects.toMatchObject(status(304))
    await expect(get('same', { IfModifiedSince: new Date() })).rejects.toMatchObject(status(304))
  })

  it('If-Match replaces exactly what was read', async () => {
    const { ETag } = await put('swap', '1')
    await put('swap', '2', { IfMatch: ETag })
    await expect(put('swap', '3', { IfMatch: ETag })).rejects.toMatchObject(status(412))
    expect(await textOf(await get('swap'))).toBe('2')
  })

  it('a reader keeps its bytes while the object is replaced', async () => {
    const first = Buffer.alloc(8 * 1024 * 1024, 1)
    await put('replaced', first)
    const reading = await get('replaced')
    await put('replaced', Buffer.alloc(8 * 1024 * 1024, 2))
    expect(Buffer.from(await reading.Body.transformToByteArray()).equals(first)).toBe(true)
  })

  it('a copy outlives its original', async () => {
    await put('original', 'shared bytes', { Metadata: { a: '1' } })
    await client.send(new S3.CopyObjectCommand({ Bucket, Key: 'twin', CopySource: `${Bucket}/original` }))
    await client.send(new S3.DeleteObjectCommand({ Bucket, Key: 'original' }))
    const twin = await get('twin')
    expect(twin.Metadata).toEqual({ a: '1' })
    expect(await textOf(twin)).toBe('shared bytes')
  })

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'])(
    'a checksum by %s',
    async (ChecksumAlgorithm) => {
      if (ChecksumAlgorithm === 'CRC64NVME' || ChecksumAlgorithm === 'CRC32C') {
        // The SDK computes these only with an optional native package; the value is given by hand.
        const value = { CRC64NVME: 'rosUhgp5mIg=', CRC32C: '4waSgw==' }[ChecksumAlgorithm]
        await put('sum', '123456789', { [`Checksum${ChecksumAlgorithm}`]: value })
      } else await put('sum', '123456789', { ChecksumAlgorithm })
      const described = await head('sum', { ChecksumMode: 'ENABLED' })
      expect(described[`Checksum${ChecksumAlgorithm}`]).toMatch(/=$/)
      expect(described.ChecksumType).toBe('FULL_OBJECT')
    },
  )
})

describe('buckets', () => {
  it('a bucket goes only when it is empty', async () => {
    await client.send(new S3.CreateBucketCommand({ Bucket: 'going' }))
    await expect(client.send(new S3.CreateBucketCommand({ Bucket: 'going' }))).rejects.toMatchObject(
      status(409),
    )
    await put('k', 'x', { Bucket: 'going' })
    await expect(client.send(new S3.DeleteBucketCommand({ Bucket: 'going' }))).rejects.toMatchObject({
      name: 'BucketNotEmpty',
    })
    await client.send(new S3.DeleteObjectCommand({ Bucket: 'going', Key: 'k' }))
    await client.send(new S3.DeleteBucketCommand({ Bucket: 'going' }))
    await expect(client.send(new S3.HeadBucketCommand({ Bucket: 'going' }))).rejects.toMatchObject(
      status(404),
    )
  })

  it('ListObjects of the first version pages by marker', async () => {
    for (const key of ['v1/a/1', 'v1/a/2', 'v1/b', 'v1/c/1']) await put(key, 'x')
    const seen = []
    let Marker
    do {
      const page = await client.send(
        new S3.ListObjectsCommand({ Bucket, Prefix: 'v1/', Delimiter: '/', MaxKeys: 1, Marker }),
      )
      seen.push(
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map((p) => p.Prefix),
      )
      Marker = page.NextMarker
    } while (Marker)
    expect(seen).toEqual(['v1/a/', 'v1/b', 'v1/c/'])
  })
})

describe('multipart uploads', () => {
  const MIB = 1024 * 1024
  const Key = 'assembled'
  const upload = (more = {}) => client.send(new S3.CreateMultipartUploadCommand({ Bucket, Key, ...more }))
  const part = (UploadId, PartNumber, Body) =>
    client.send(new S3.UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }))
  const complete = (UploadId, Parts) =>
    client.send(new S3.CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }))

  it('lists its parts, takes a part twice and refuses wrong ones', async () => {
    const { UploadId } = await upload()
    await part(UploadId, 1, Buffer.alloc(5 * MIB, 1))
    const first = await part(UploadId, 1, Buffer.alloc(5 * MIB, 3))
    const second = await part(UploadId, 2, 'end')
    const { Parts } = await client.send(new S3.ListPartsCommand({ Bucket, Key, UploadId }))
    expect(Parts.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, 5 * MIB],
      [2, 3],
    ])
    const good = [
      { PartNumber: 1, ETag: first.ETag },
      { PartNumber: 2, ETag: second.ETag },
    ]
    await expect(complete(UploadId, [...good].reverse())).rejects.toMatchObject({ name: 'InvalidPartOrder' })
    await expect(complete(UploadId, [{ PartNumber: 1, ETag: '"x"' }])).rejects.toMatchObject({
      name: 'InvalidPart',
    })
    await complete(UploadId, good)
    const bytes = await (await get(Key, { Range: `bytes=${5 * MIB - 1}-` })).Body.transformToByteArray()
    expect([...bytes]).toEqual([3, ...Buffer.from('end')])
    await expect(complete(UploadId, good)).rejects.toMatchObject({ name: 'NoSuchUpload' })
  })

  it('refuses a part that is too small unless it is the last', async () => {
    const { UploadId } = await upload()
    const parts = [await part(UploadId, 1, 'small'), await part(UploadId, 2, 'small')]
    await expect(
      complete(
        UploadId,
        parts.map(({ ETag }, i) => ({ PartNumber: i + 1, ETag })),
      ),
    ).rejects.toMatchObject({
      name: 'EntityTooSmall',
    })
  })

  it('a full-object checksum is that of all bytes', async () => {
    const { UploadId } = await upload({ ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' })
    const whole = Buffer.concat([Buffer.alloc(5 * MIB, 7), Buffer.from('end')])
    const parts = [
      await part(UploadId, 1, whole.subarray(0, 5 * MIB)),
      await part(UploadId, 2, whole.subarray(5 * MIB)),
    ]
    await complete(
      UploadId,
      parts.map(({ ETag, ChecksumCRC32 }, i) => ({ PartNumber: i + 1, ETag, ChecksumCRC32 })),
    )
    await put('at-once', whole)
    const assembled = await head(Key, { ChecksumMode: 'ENABLED' })
    const atOnce = await head('at-once', { ChecksumMode: 'ENABLED' })
    expect(assembled.ChecksumCRC32).toBe(atOnce.ChecksumCRC32)
    const md5 = createHash('md5').update(whole).digest('hex')
    expect(atOnce.ETag).toBe(`"${md5}"`)
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
