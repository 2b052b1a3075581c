import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import * as S3 from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestClient, startTestS3, WRITER } from './testing.mjs'

const Bucket = 'compat'
const big = randomBytes(3 * 1024 * 1024)
let server
let client

beforeAll(async () => {
  server = await startTestS3()
  client = createTestClient(server.endpoint)
})
afterAll(async () => {
  client.destroy()
  await server.stop()
})

const send = (command) => client.send(command)
const put = (Key, Body, more = {}) => send(new S3.PutObjectCommand({ Bucket, Key, Body, ...more }))
const get = (Key, more = {}) => send(new S3.GetObjectCommand({ Bucket, Key, ...more }))
const head = (Key, more = {}) => send(new S3.HeadObjectCommand({ Bucket, Key, ...more }))
const list = (more = {}) => send(new S3.ListObjectsV2Command({ Bucket, ...more }))
const bytesOf = async (answer) => Buffer.from(await answer.Body.transformToByteArray())
const presign = (command, expiresIn = 60) => getSignedUrl(client, command, { expiresIn })
const status = (httpStatusCode) => ({ $metadata: { httpStatusCode } })
const LISTED = Array.from(
  { length: 30 },
  (_, i) => `lst/${['a', 'b', 'c'][i % 3]}/2026/02/${String(i + 1).padStart(2, '0')}/f.log`,
)
const ODD = [
  ...['sp ace/a b.log', 'uni/é漢字😀.log', 'plus/a+b.log', 'pct/a%20b%2F.log', 'amp/a&b=c?d#e.log'],
  ...['q/it\'s "x".log', 'tilde/~(x)!*.log', 'star/*[a]{b}.log', 'dots/a..b/.hidden', 'double//slash.log'],
  ...[
    'trail/dir/',
    'CASE/Key',
    'CASE/key',
    'dup',
    'dup/child',
    'lt/<x>&.log',
    'colon/2026-01-01T00:00:00.log',
  ],
  'back/a\\b.log',
].map((key) => `odd/${key}`)

// In order: each check may build on objects of those before it.
describe('the AWS SDK for JavaScript', () => {
  it('CreateBucket', () => send(new S3.CreateBucketCommand({ Bucket })))

  it('ListBuckets', async () => {
    const { Buckets } = await send(new S3.ListBucketsCommand({}))
    expect(Buckets.map(({ Name }) => Name)).toContain(Bucket)
  })

  it('PutObject of a string, with CRC32 in a header', async () => {
    expect(await put('a.txt', 'hello world')).toMatchObject({ ChecksumCRC32: 'DUoRhQ==' })
    expect((await bytesOf(await get('a.txt'))).toString()).toBe('hello world')
  })

  it('PutObject of a stream, aws-chunked with a trailer', async () => {
    const Body = Readable.from([big.subarray(0, 100_000), big.subarray(100_000)])
    await put('stream.bin', Body, { ContentLength: big.length })
    expect((await bytesOf(await get('stream.bin'))).equals(big)).toBe(true)
    const described = await head('stream.bin')
    expect(described.ContentLength).toBe(big.length)
    expect(described.ContentEncoding).toBeUndefined()
  })

  it('PutObject keeps content type and metadata', async () => {
    await put('x.log.gz', Buffer.from('abc'), { ContentType: 'application/gzip', Metadata: { foo: 'bar' } })
    expect(await head('x.log.gz')).toMatchObject({
      ContentType: 'application/gzip',
      Metadata: { foo: 'bar' },
    })
  })

  it('PutObject with SHA256', async () => {
    await put('sha', 'abc', { ChecksumAlgorithm: 'SHA256' })
    const { ChecksumSHA256 } = await head('sha', { ChecksumMode: 'ENABLED' })
    expect(ChecksumSHA256).toBe('ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=')
  })

  it('a wrong CRC32 is refused', () =>
    expect(put('badcrc', 'abc', { ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject({ name: 'BadDigest' }))

  it('a wrong Content-MD5 is refused', () =>
    expect(put('badmd5', 'abc', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' })).rejects.toMatchObject({
      name: 'BadDigest',
    }))

  it('multipart by lib-storage, three parts', async () => {
    const bytes = randomBytes(12 * 1024 * 1024 + 7)
    const pieces = Array.from({ length: 193 }, (_, i) => bytes.subarray(i * 65_536, (i + 1) * 65_536))
    const Body = Readable.from(pieces)
    const params = { Bucket, Key: 'mp.bin', Body }
    const { ETag } = await new Upload({ client, params, partSize: 5 * 1024 * 1024, queueSize: 3 }).done()
    expect(ETag).toMatch(/^"[0-9a-f]{32}-3"$/)
    expect((await bytesOf(await get('mp.bin'))).equals(bytes)).toBe(true)
  })

  it('multipart listed, then aborted', async () => {
    const { UploadId } = await send(new S3.CreateMultipartUploadCommand({ Bucket, Key: 'mpa' }))
    const listed = await send(new S3.ListMultipartUploadsCommand({ Bucket }))
    expect(listed.Uploads).toMatchObject([{ Key: 'mpa', UploadId }])
    await send(new S3.AbortMultipartUploadCommand({ Bucket, Key: 'mpa', UploadId }))
    expect((await send(new S3.ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined()
  })

  it('Range bytes=100-199', async () => {
    const answer = await get('stream.bin', { Range: 'bytes=100-199' })
    expect((await bytesOf(answer)).equals(big.subarray(100, 200))).toBe(true)
    expect(answer.ContentRange).toBe(`bytes 100-199/${big.length}`)
  })

  it('Range bytes=-50', async () => {
    const bytes = await bytesOf(await get('stream.bin', { Range: 'bytes=-50' }))
    expect(bytes.equals(big.subarray(-50))).toBe(true)
  })

  it('a Range beyond the end is 416', () =>
    expect(get('a.txt', { Range: 'bytes=1000-2000' })).rejects.toMatchObject(status(416)))

  it('GetObject with a wrong If-Match is 412', () =>
    expect(get('a.txt', { IfMatch: '"deadbeef"' })).rejects.toMatchObject(status(412)))

  it('a missing key is NoSuchKey', () => expect(get('nope')).rejects.toMatchObject({ name: 'NoSuchKey' }))
  it('a missing bucket is NoSuchBucket', () =>
    expect(list({ Bucket: 'no-such-bucket' })).rejects.toMatchObject({ name: 'NoSuchBucket' }))

  it('odd keys are put, read and listed in UTF-8 order', async () => {
    for (const key of ODD) {
      await put(key, `v:${key}`)
      expect((await bytesOf(await get(key))).toString()).toBe(`v:${key}`)
    }
    const { Contents } = await list({ Prefix: 'odd/' })
    const inOrder = [...ODD].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    expect(Contents.map(({ Key }) => Key)).toEqual(inOrder)
  })

  it('odd keys are listed with EncodingType=url', async () => {
    const { Contents } = await list({ Prefix: 'odd/', EncodingType: 'url' })
    expect(Contents.some(({ Key }) => Key.includes('%20'))).toBe(true)
    expect(Contents.map(({ Key }) => decodeURIComponent(Key)).sort()).toEqual([...ODD].sort())
  })

  it('puts 30 keys to list', async () => {
    for (const key of LISTED) await put(key, 'x')
  })

  it('lists by prefix and delimiter', async () => {
    const { CommonPrefixes } = await list({ Prefix: 'lst/', Delimiter: '/' })
    expect(CommonPrefixes.map(({ Prefix }) => Prefix)).toEqual(['lst/a/', 'lst/b/', 'lst/c/'])
  })

  it('lists 30 keys in pages of 7', async () => {
    const seen = []
    let pages = 0
    for (let token = undefined, more = true; more; pages++) {
      const page = await list({ Prefix: 'lst/', MaxKeys: 7, ContinuationToken: token })
      seen.push(...page.Contents.map(({ Key }) => Key))
      token = page.NextContinuationToken
      more = page.IsTruncated
    }
    expect(seen).toEqual([...LISTED].sort())
    expect(pages).toBe(5)
  })

  it('lists common prefixes in pages of 1', async () => {
    const prefixes = []
    let token
    do {
      const page = await list({ Prefix: 'lst/', Delimiter: '/', MaxKeys: 1, ContinuationToken: token })
      prefixes.push(...page.CommonPrefixes.map(({ Prefix }) => Prefix))
      token = page.NextContinuationToken
    } while (token)
    expect(prefixes).toEqual(['lst/a/', 'lst/b/', 'lst/c/'])
  })

  it('lists from StartAfter on', async () => {
    expect((await list({ Prefix: 'lst/', StartAfter: 'lst/b/2026/02/30' })).Contents).toHaveLength(10)
  })

  it('HeadObject tells size, ETag and time', async () => {
    const described = await head('a.txt')
    expect(described).toMatchObject({ ContentLength: 11, ETag: '"5eb63bbbe01eeed093cb22bb8f5acdc3"' })
    expect(described.LastModified).toBeInstanceOf(Date)
  })

  it('CopyObject', async () => {
    await send(new S3.CopyObjectCommand({ Bucket, Key: 'copy.txt', CopySource: `${Bucket}/a.txt` }))
    expect((await bytesOf(await get('copy.txt'))).toString()).toBe('hello world')
  })

  it('DeleteObjects, 30 at once', async () => {
    const Objects = LISTED.map((Key) => ({ Key }))
    const { Deleted } = await send(new S3.DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
    expect(Deleted).toHaveLength(30)
    expect((await list({ Prefix: 'lst/' })).KeyCount).toBe(0)
  })

  it('If-None-Match: * on an existing key is 412', async () => {
    await put('cond', '1', { IfNoneMatch: '*' })
    await expect(put('cond', '2', { IfNoneMatch: '*' })).rejects.toMatchObject(status(412))
  })

  it('If-Match with a wrong ETag is 412', () =>
    expect(put('cond', '3', { IfMatch: '"deadbeefdeadbeefdeadbeefdeadbeef"' })).rejects.toMatchObject(
      status(412),
    ))

  it('of 20 racing If-None-Match: * one wins', async () => {
    const racers = Array.from({ length: 20 }, (_, i) => put('race', `w${i}`, { IfNoneMatch: '*' }))
    const outcomes = await Promise.allSettled(racers)
    const winners = outcomes.flatMap(({ status }, i) => (status === 'fulfilled' ? [`w${i}`] : []))
    expect(winners).toEqual([(await bytesOf(await get('race'))).toString()])
  })

  it('a wrong secret may not list', async () => {
    const wrong = createTestClient(server.endpoint, { credentials: { ...WRITER, secretAccessKey: 'wrong' } })
    await expect(wrong.send(new S3.ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    })
  })

  it('a wrong secret may not write', async () => {
    const wrong = createTestClient(server.endpoint, { credentials: { ...WRITER, secretAccessKey: 'wrong' } })
    const command = new S3.PutObjectCommand({ Bucket, Key: 'evil', Body: 'x' })
    await expect(wrong.send(command)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
    await expect(head('evil')).rejects.toMatchObject(status(404))
  })

  it('an unknown access key is refused', async () => {
    const unknown = createTestClient(server.endpoint, {
      credentials: { accessKeyId: 'NOBODY', secretAccessKey: 'x' },
    })
    await expect(unknown.send(new S3.ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({
      name: 'InvalidAccessKeyId',
    })
  })

  it('nobody is refused', async () => {
    expect((await fetch(`${server.endpoint}/${Bucket}/a.txt`)).status).toBe(403)
  })

  it('presigned GET', async () => {
    const answer = await fetch(await presign(new S3.GetObjectCommand({ Bucket, Key: 'odd/sp ace/a b.log' })))
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('v:odd/sp ace/a b.log')
  })

  it('presigned GET with a content disposition', async () => {
    const ResponseContentDisposition = 'attachment; filename="z.txt"'
    const answer = await fetch(
      await presign(new S3.GetObjectCommand({ Bucket, Key: 'a.txt', ResponseContentDisposition })),
    )
    expect(answer.headers.get('content-disposition')).toBe(ResponseContentDisposition)
  })

  it('presigned PUT', async () => {
    const url = await presign(new S3.PutObjectCommand({ Bucket, Key: 'pre.txt' }))
    expect((await fetch(url, { method: 'PUT', body: 'presigned!' })).status).toBe(200)
    expect((await bytesOf(await get('pre.txt'))).toString()).toBe('presigned!')
  })

  it('a presigned URL for another key is refused', async () => {
    const url = await presign(new S3.GetObjectCommand({ Bucket, Key: 'a.txt' }))
    expect((await fetch(url.replace('a.txt', 'sha'))).status).toBe(403)
  })

  it('an expired presigned URL is refused', async () => {
    const url = await presign(new S3.GetObjectCommand({ Bucket, Key: 'a.txt' }), 1)
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect((await fetch(url)).status).toBe(403)
  })

  it('a deleted object is 404', async () => {
    await send(new S3.DeleteObjectCommand({ Bucket, Key: 'a.txt' }))
    await expect(head('a.txt')).rejects.toMatchObject(status(404))
  })

  it('GetBucketLocation and GetBucketVersioning', async () => {
    expect((await send(new S3.GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined()
    expect((await send(new S3.GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined()
  })

  it('an object of 3 MiB in another bucket', async () => {
    await send(new S3.CreateBucketCommand({ Bucket: 'persist' }))
    await put('survivor', big, { Bucket: 'persist', Metadata: { a: '1' } })
    expect((await bytesOf(await get('survivor', { Bucket: 'persist' }))).equals(big)).toBe(true)
  })

  it('a key component of 300 bytes', () => put(`long/${'x'.repeat(300)}`, 'x'))
  it('is alive after all that', async () => {
    expect((await send(new S3.ListBucketsCommand({}))).Buckets).toHaveLength(2)
  })
})
