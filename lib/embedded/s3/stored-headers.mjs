import { S3Error } from './errors.mjs'

const MAX_METADATA_BYTES = 2048
const KEPT = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires']
const ARCHIVED = new Set(['GLACIER', 'DEEP_ARCHIVE'])
const STORAGE_CLASSES = new Set([
  ...['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR'],
  ...['OUTPOSTS', 'SNOW', 'EXPRESS_ONEZONE', ...ARCHIVED],
])

/** @typedef {import('./catalogue.mjs').StoredHeaders} StoredHeaders */
/** @typedef {import('./catalogue.mjs').StoredObject} StoredObject */

/**
 * The headers of a write that belong to the object.
 * @param {Record<string, string | undefined>} headers
 * @returns {StoredHeaders} throws InvalidStorageClass or MetadataTooLarge
 */
export function readStoredHeaders(headers) {
  /** @type {Record<string, string>} */
  const kept = {}
  for (const name of KEPT) if (headers[name]) kept[name] = headers[name]
  const encoding = withoutAwsChunked(headers['content-encoding'])
  if (encoding) kept['content-encoding'] = encoding
  const storageClass = headers['x-amz-storage-class'] ?? 'STANDARD'
  if (!STORAGE_CLASSES.has(storageClass))
    throw new S3Error('InvalidStorageClass', 'The storage class you specified is not valid')
  if (storageClass !== 'STANDARD') kept['x-amz-storage-class'] = storageClass
  let metadataBytes = 0
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith('x-amz-meta-') || value === undefined) continue
    metadataBytes += name.length - 'x-amz-meta-'.length + Buffer.byteLength(value)
    kept[name] = value
  }
  if (metadataBytes > MAX_METADATA_BYTES)
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
      Size: metadataBytes,
      MaxSizeAllowed: MAX_METADATA_BYTES,
    })
  return kept
}

/**
 * The headers that describe an object in the answer to GET and HEAD.
 * @param {StoredObject} object
 * @returns {Record<string, string>}
 */
export function describeObject(object) {
  return {
    'content-type': 'binary/octet-stream',
    ...object.headers,
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.modifiedMs).toUTCString(),
    'accept-ranges': 'bytes',
  }
}

/** The checksum headers of an object, or of an answer to its write. @param {string | null} checksum @returns {Record<string, string>} */
export function checksumHeaders(checksum) {
  if (!checksum) return {}
  const [algorithm = '', value = ''] = checksum.split(':')
  return { [`x-amz-checksum-${algorithm}`]: value, 'x-amz-checksum-type': checksumType(checksum) }
}

/** @param {string} checksum @returns {import('./catalogue.mjs').ChecksumType} */
export function checksumType(checksum) {
  return checksum.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT'
}

/** @param {StoredObject} object @returns {void} throws InvalidObjectState: an archived object must be restored before it is read */
export function checkReadable(object) {
  if (ARCHIVED.has(object.storageClass))
    throw new S3Error('InvalidObjectState', "The operation is not valid for the object's storage class", {
      StorageClass: object.storageClass,
    })
}

/** aws-chunked tells how the bytes travelled, not what they are. @param {string | undefined} encoding */
function withoutAwsChunked(encoding) {
  return encoding
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== 'aws-chunked')
    .join(', ')
}
