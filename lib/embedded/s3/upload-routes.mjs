import { randomBytes } from 'node:crypto'
import { isoTime, owner, xmlReply } from './bucket-routes.mjs'
import { isChecksumAlgorithm } from './checksums.mjs'
import { readWriteCondition } from './conditions.mjs'
import { S3Error } from './errors.mjs'
import { assembleUpload, chooseChecksumType, MAX_PARTS } from './multipart.mjs'
import { MAX_OBJECT_BYTES } from './object-routes.mjs'
import { compareUtf8 } from './ordered-index.mjs'
import { encodePath } from './request-target.mjs'
import { checksumHeaders, readStoredHeaders } from './stored-headers.mjs'
import { childText, element, parseXml, textElement, xmlDocument } from './xml.mjs'

const MAX_COMPLETE_BYTES = 4 * 1024 * 1024
const MAX_LISTED = 1000

/** @typedef {import('./exchange.mjs').Exchange} Exchange */
/** @typedef {import('./exchange.mjs').Reply} Reply */
/** @typedef {import('./catalogue.mjs').Upload} Upload */

/** @param {Exchange} exchange @returns {Promise<Reply>} */
export async function createUpload({ store, bucket, key, headers }) {
  const name = headers['x-amz-checksum-algorithm']?.toLowerCase() ?? null
  if (name !== null && !isChecksumAlgorithm(name))
    throw new S3Error(
      'InvalidRequest',
      'The checksum algorithm must be CRC32, CRC32C, CRC64NVME, SHA1 or SHA256.',
    )
  const checksumType = chooseChecksumType(name, headers['x-amz-checksum-type'])
  const id = randomBytes(16).toString('hex')
  await store.createUpload(bucket, {
    id,
    key,
    headers: readStoredHeaders(headers),
    algorithm: name,
    checksumType,
  })
  const document = xmlDocument(
    'InitiateMultipartUploadResult',
    textElement('Bucket', bucket),
    textElement('Key', key),
    textElement('UploadId', id),
  )
  const algorithm = name ? { 'x-amz-checksum-algorithm': name.toUpperCase() } : {}
  const reply = xmlReply(document)
  return {
    ...reply,
    headers: {
      ...reply.headers,
      ...algorithm,
      ...(checksumType ? { 'x-amz-checksum-type': checksumType } : {}),
    },
  }
}

/** @param {Exchange} exchange @returns {Promise<Reply>} */
export async function uploadPart(exchange) {
  const { store, bucket, key, query, headers } = exchange
  if (headers['x-amz-copy-source'] !== undefined)
    throw new S3Error('NotImplemented', 'A part copied from another object is not implemented.')
  const partNumber = exchange.number('partNumber', { min: 1, max: MAX_PARTS + 1, fallback: 0 })
  if (partNumber < 1 || partNumber > MAX_PARTS)
    throw new S3Error(
      'InvalidArgument',
      `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`,
    )
  const uploadId = query.get('uploadId') ?? ''
  const { algorithm } = store.catalogue.upload(bucket, key, uploadId)
  const body = exchange.body(MAX_OBJECT_BYTES, { wantedAlgorithm: algorithm })
  await store.putPart({ bucket, key, uploadId, partNumber }, body)
  const { md5, checksum } = body.digest
  const value = checksum && { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value.toString('base64') }
  return { status: 200, headers: { etag: `"${md5.toString('hex')}"`, ...value } }
}

/** @param {Exchange} exchange @returns {Promise<Reply>} */
export async function completeUpload(exchange) {
  const { store, bucket, key, query, headers } = exchange
  const uploadId = query.get('uploadId') ?? ''
  const document = await exchange.body(MAX_COMPLETE_BYTES, { headers: documentHeaders(headers) }).bytes()
  const parts = readParts(document.toString('utf8'))
  const assemble = (/** @type {Upload} */ upload, /** @type {number} */ nowMs) => {
    const object = assembleUpload(upload, parts, nowMs)
    checkDeclared(object, headers)
    return object
  }
  const object = await store.completeUpload({ bucket, key, uploadId }, assemble, readWriteCondition(headers))
  const checksum = checksumHeaders(object.checksum)
  return xmlReply(
    xmlDocument(
      'CompleteMultipartUploadResult',
      textElement('Location', `/${bucket}/${encodePath(key)}`),
      textElement('Bucket', bucket),
      textElement('Key', key),
      textElement('ETag', `"${object.etag}"`),
      ...Object.entries(checksum).map(([name, value]) => textElement(elementName(name), value)),
    ),
  )
}

/** @param {Exchange} exchange @returns {Promise<Reply>} */
export async function abortUpload({ store, bucket, key, query }) {
  await store.abortUpload({ bucket, key, uploadId: query.get('uploadId') ?? '' })
  return { status: 204 }
}

/** @param {Exchange} exchange @returns {Reply} */
export function listParts(exchange) {
  const { store, bucket, key, query, accessKeyId } = exchange
  const upload = store.catalogue.upload(bucket, key, query.get('uploadId') ?? '')
  const after = exchange.number('part-number-marker', { min: 0, max: MAX_PARTS, fallback: 0 })
  const maxParts = exchange.number('max-parts', { min: 0, max: MAX_LISTED, fallback: MAX_LISTED })
  const rest = [...upload.parts.values()]
    .filter((part) => part.number > after)
    .sort((a, b) => a.number - b.number)
  const page = rest.slice(0, maxParts)
  const parts = page.map((part) =>
    element(
      'Part',
      textElement('PartNumber', part.number),
      textElement('LastModified', isoTime(part.modifiedMs)),
      textElement('ETag', `"${part.etag}"`),
      textElement('Size', part.sizeBytes),
      checksumElement(part.checksum),
    ),
  )
  return xmlReply(
    xmlDocument(
      'ListPartsResult',
      textElement('Bucket', bucket),
      textElement('Key', key),
      textElement('UploadId', upload.id),
      owner(accessKeyId),
      textElement('StorageClass', upload.headers['x-amz-storage-class'] ?? 'STANDARD'),
      textElement('PartNumberMarker', after),
      textElement('NextPartNumberMarker', page.at(-1)?.number),
      textElement('MaxParts', maxParts),
      textElement('IsTruncated', maxParts > 0 && rest.length > page.length),
      ...parts,
    ),
  )
}

/** @param {Exchange} exchange @returns {Reply} */
export function listUploads(exchange) {
  const { store, bucket, query } = exchange
  const prefix = query.get('prefix') ?? ''
  const keyMarker = query.get('key-marker') ?? ''
  const idMarker = query.get('upload-id-marker') ?? ''
  const maxUploads = exchange.number('max-uploads', { min: 1, max: MAX_LISTED, fallback: MAX_LISTED })
  const encode = query.get('encoding-type') === 'url' ? encodePath : (/** @type {string} */ text) => text
  const rest = [...store.catalogue.bucket(bucket).uploads.values()]
    .filter((upload) => upload.key.startsWith(prefix) && isAfter(upload, keyMarker, idMarker))
    .sort((a, b) => compareUtf8(a.key, b.key) || compareUtf8(a.id, b.id))
  const page = rest.slice(0, maxUploads)
  const isTruncated = rest.length > page.length
  const last = isTruncated ? page.at(-1) : undefined
  const uploads = page.map((upload) =>
    element(
      'Upload',
      textElement('Key', encode(upload.key)),
      textElement('UploadId', upload.id),
      textElement('StorageClass', upload.headers['x-amz-storage-class'] ?? 'STANDARD'),
      textElement('Initiated', isoTime(upload.createdMs)),
    ),
  )
  return xmlReply(
    xmlDocument(
      'ListMultipartUploadsResult',
      textElement('Bucket', bucket),
      textElement('Prefix', encode(prefix)),
      textElement('KeyMarker', encode(keyMarker)),
      textElement('UploadIdMarker', idMarker),
      textElement('NextKeyMarker', last && encode(last.key)),
      textElement('NextUploadIdMarker', last?.id),
      textElement('MaxUploads', maxUploads),
      textElement('EncodingType', query.get('encoding-type')),
      textElement('IsTruncated', isTruncated),
      ...uploads,
    ),
  )
}

/** @param {Upload} upload @param {string} keyMarker @param {string} idMarker */
function isAfter(upload, keyMarker, idMarker) {
  if (keyMarker === '') return true
  const order = compareUtf8(upload.key, keyMarker)
  return order > 0 || (order === 0 && idMarker !== '' && compareUtf8(upload.id, idMarker) > 0)
}

/** The checksum headers of this request speak of the object, not of the document in its body. @param {Exchange['headers']} headers */
function documentHeaders(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-')))
}

/** @param {string} text */
function readParts(text) {
  const root = parseXml(text)
  const named = root.children.filter((child) => child.name === 'Part')
  if (root.name !== 'CompleteMultipartUpload' || named.length === 0 || named.length > MAX_PARTS)
    throw new S3Error('MalformedXML', `A CompleteMultipartUpload document names 1 to ${MAX_PARTS} parts.`)
  return named.map((child) => {
    const number = Number(childText(child, 'PartNumber'))
    const etag = childText(child, 'ETag')?.replace(/^"|"$/g, '')
    if (!Number.isInteger(number) || !etag)
      throw new S3Error('MalformedXML', 'Each Part names its PartNumber and its ETag.')
    const checksum = child.children.find(({ name }) => name.startsWith('Checksum'))
    const algorithm = checksum?.name.slice('Checksum'.length).toLowerCase()
    return { number, etag, checksum: checksum ? `${algorithm}:${checksum.text}` : null }
  })
}

/** @param {import('./catalogue.mjs').StoredObject} object @param {Exchange['headers']} headers */
function checkDeclared(object, headers) {
  const size = headers['x-amz-mp-object-size']
  if (size !== undefined && Number(size) !== object.sizeBytes)
    throw new S3Error(
      'InvalidRequest',
      'The provided x-amz-mp-object-size header does not match the assembled object.',
    )
  const [algorithm, value] = object.checksum?.split(':') ?? []
  const declared = algorithm === undefined ? undefined : headers[`x-amz-checksum-${algorithm}`]
  if (declared !== undefined && declared !== value)
    throw new S3Error('BadDigest', 'The checksum you specified did not match that of the assembled object.')
}

/** @param {string | null} checksum */
function checksumElement(checksum) {
  const [algorithm, value] = checksum?.split(':') ?? []
  return algorithm === undefined ? '' : textElement(elementName(`x-amz-checksum-${algorithm}`), value)
}

/** `x-amz-checksum-crc32` is `ChecksumCRC32` in XML. @param {string} header */
function elementName(header) {
  const name = header.slice('x-amz-checksum-'.length)
  return name === 'type' ? 'ChecksumType' : `Checksum${name.toUpperCase()}`
}
