import { isoTime, xmlReply } from './bucket-routes.mjs'
import { isNotModified, parseRange, readWriteCondition } from './conditions.mjs'
import { S3Error } from './errors.mjs'
import { checkKey, parseTarget } from './request-target.mjs'
import { checkReadable, checksumHeaders, describeObject, readStoredHeaders } from './stored-headers.mjs'
import { childText, element, parseXml, textElement, xmlDocument } from './xml.mjs'

export const MAX_OBJECT_BYTES = 5 * 1024 ** 3
const MAX_DELETE_BYTES = 8 * 1024 * 1024
const MAX_DELETED_KEYS = 1000

/** @typedef {import('./exchange.mjs').Exchange} Exchange */
/** @typedef {import('./exchange.mjs').Reply} Reply */
/** @typedef {import('./catalogue.mjs').StoredObject} StoredObject */

/** @param {Exchange} exchange @returns {Promise<Reply>} */
export async function putObject(exchange) {
  const { store, headers } = exchange
  if (headers['x-amz-copy-source'] !== undefined) return copyObject(exchange, headers['x-amz-copy-source'])
  const stored = readStoredHeaders(headers)
  const condition = readWriteCondition(headers)
  const object = await store.putObject(exchange, exchange.body(MAX_OBJECT_BYTES), stored, condition)
  return { status: 200, headers: { etag: `"${object.etag}"`, ...checksumHeaders(object.checksum) } }
}

/** @param {Exchange} exchange @param {string} source @returns {Promise<Reply>} */
async function copyObject(exchange, source) {
  const { store, headers } = exchange
  const from = parseTarget(`/${source.replace(/^\//, '')}`)
  if (from.key === '' || from.query.length > 0)
    throw new S3Error('InvalidArgument', 'x-amz-copy-source must be BUCKET/KEY without a version.')
  const directive = headers['x-amz-metadata-directive'] ?? 'COPY'
  if (directive !== 'COPY' && directive !== 'REPLACE')
    throw new S3Error('InvalidArgument', 'x-amz-metadata-directive must be COPY or REPLACE.')
  const isSame = from.bucket === exchange.bucket && from.key === exchange.key
  if (isSame && directive === 'COPY' && headers['x-amz-storage-class'] === undefined)
    throw new S3Error(
      'InvalidRequest',
      'This copy request is illegal because it copies an object to itself without changing it.',
    )
  const given = readStoredHeaders(headers)
  const copy = await store.copyObject(from, exchange, {
    headersFor: (original) => (directive === 'REPLACE' ? given : withStorageClass(original, given)),
    condition: readWriteCondition(headers),
    checkSource: (object) => checkCopySource(object, headers),
  })
  return xmlReply(
    xmlDocument(
      'CopyObjectResult',
      textElement('LastModified', isoTime(copy.modifiedMs)),
      textElement('ETag', `"${copy.etag}"`),
    ),
  )
}

/** @param {import('./catalogue.mjs').StoredHeaders} original @param {import('./catalogue.mjs').StoredHeaders} given */
function withStorageClass(original, given) {
  const { 'x-amz-storage-class': _dropped, ...rest } = original
  const storageClass = given['x-amz-storage-class']
  return storageClass ? { ...rest, 'x-amz-storage-class': storageClass } : rest
}

/** @param {StoredObject} object @param {Exchange['headers']} headers */
function checkCopySource(object, headers) {
  checkReadable(object)
  if (isNotModified(object, headers, 'x-amz-copy-source-'))
    throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold')
}

/** @param {Exchange} exchange @returns {Reply} */
export function getObject(exchange) {
  const { store, bucket, key, headers } = exchange
  const object = store.catalogue.object(bucket, key)
  checkReadable(object)
  const reply = describeReply(exchange, object)
  if (reply.status === 304) return reply
  const { read, release } = store.openObject(object)
  return { ...reply, body: read(...rangeOf(object, headers)), release }
}

/** @param {Exchange} exchange @returns {Reply} */
export function headObject(exchange) {
  const { store, bucket, key } = exchange
  return describeReply(exchange, store.catalogue.object(bucket, key))
}

/** @param {Exchange} exchange @param {StoredObject} object @returns {Reply} */
function describeReply({ headers, query }, object) {
  const described = describeObject(object)
  if (isNotModified(object, headers)) return { status: 304, headers: described }
  const [start, end] = rangeOf(object, headers)
  const isPart = requestedRange(object, headers) !== null
  /** @type {Record<string, string>} */
  const overrides = {}
  for (const [name, value] of query)
    if (name.startsWith('response-')) overrides[name.slice('response-'.length)] = value
  const wantsChecksum = headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' && !isPart
  return {
    status: isPart ? 206 : 200,
    headers: {
      ...described,
      ...overrides,
      ...(wantsChecksum ? checksumHeaders(object.checksum) : {}),
      ...(isPart ? { 'content-range': `bytes ${start}-${end - 1}/${object.sizeBytes}` } : {}),
      'content-length': String(end - start),
    },
  }
}

/** @param {StoredObject} object @param {Exchange['headers']} headers @returns {[start: number, end: number]} */
function rangeOf(object, headers) {
  const range = requestedRange(object, headers)
  return range ? [range.start, range.end] : [0, object.sizeBytes]
}

/** @param {StoredObject} object @param {Exchange['headers']} headers */
function requestedRange(object, headers) {
  const ifRange = headers['if-range']
  if (ifRange !== undefined && ifRange !== `"${object.etag}"`) return null
  return parseRange(headers.range, object.sizeBytes)
}

/** @param {Exchange} exchange @returns {Promise<Reply>} */
export async function deleteObject({ store, bucket, key, headers }) {
  await store.deleteObjects(
    bucket,
    [key],
    headers['if-match'] === undefined ? undefined : readWriteCondition(headers),
  )
  return { status: 204 }
}

/** @param {Exchange} exchange @returns {Promise<Reply>} */
export async function deleteObjects(exchange) {
  const { store, bucket } = exchange
  const root = parseXml((await exchange.body(MAX_DELETE_BYTES).bytes()).toString('utf8'))
  const named = root.children.filter((child) => child.name === 'Object')
  if (root.name !== 'Delete' || named.length === 0 || named.length > MAX_DELETED_KEYS)
    throw new S3Error('MalformedXML', `A Delete document names 1 to ${MAX_DELETED_KEYS} objects.`)
  const keys = named.map((child) => {
    const key = childText(child, 'Key')
    if (!key) throw new S3Error('MalformedXML', 'Each Object of a Delete document names its Key.')
    if (childText(child, 'VersionId') || childText(child, 'ETag'))
      throw new S3Error('NotImplemented', 'Deleting by version or by ETag in a batch is not implemented.')
    checkKey(key)
    return key
  })
  await store.deleteObjects(bucket, keys)
  const isQuiet = childText(root, 'Quiet') === 'true'
  return xmlReply(
    xmlDocument(
      'DeleteResult',
      ...(isQuiet ? [] : keys.map((key) => element('Deleted', textElement('Key', key)))),
    ),
  )
}
