import { S3Error } from './errors.mjs'
import { commonPrefix, decodeToken, encodeToken, listPage } from './listing.mjs'
import { encodePath } from './request-target.mjs'
import { checksumType } from './stored-headers.mjs'
import { element, textElement, xmlDocument } from './xml.mjs'

const MAX_KEYS = 1000

/** @typedef {import('./exchange.mjs').Exchange} Exchange */
/** @typedef {import('./exchange.mjs').Reply} Reply */
/** @typedef {import('./listing.mjs').Position} Position */
/** @typedef {(text: string) => string} Encode */

/** @param {Exchange} exchange @returns {Reply} */
export function listBuckets({ store, accessKeyId }) {
  const buckets = store.catalogue
    .buckets()
    .map(({ name, createdMs }) =>
      element('Bucket', textElement('Name', name), textElement('CreationDate', isoTime(createdMs))),
    )
  return xmlReply(xmlDocument('ListAllMyBucketsResult', owner(accessKeyId), element('Buckets', ...buckets)))
}

/** @param {Exchange} exchange @returns {Promise<Reply>} */
export async function createBucket(exchange) {
  const { store, bucket } = exchange
  // The location it may name makes no difference here; reading it verifies the signature of the body.
  await exchange.body(64 * 1024).bytes()
  await store.createBucket(bucket)
  return { status: 200, headers: { location: `/${bucket}` } }
}

/** @param {Exchange} exchange @returns {Reply} */
export function headBucket({ store, bucket }) {
  store.catalogue.bucket(bucket)
  return { status: 200 }
}

/** @param {Exchange} exchange @returns {Promise<Reply>} */
export async function deleteBucket({ store, bucket }) {
  await store.deleteBucket(bucket)
  return { status: 204 }
}

/** An empty location means us-east-1. @param {Exchange} exchange @returns {Reply} */
export function getBucketLocation({ store, bucket }) {
  store.catalogue.bucket(bucket)
  return xmlReply(xmlDocument('LocationConstraint'))
}

/** Without a status, versioning has never been switched on. @param {Exchange} exchange @returns {Reply} */
export function getBucketVersioning({ store, bucket }) {
  store.catalogue.bucket(bucket)
  return xmlReply(xmlDocument('VersioningConfiguration'))
}

/** @param {Exchange} exchange @returns {Reply} */
export function listObjectsV2(exchange) {
  const { query } = exchange
  if (query.get('list-type') !== '2') throw new S3Error('InvalidArgument', 'list-type must be 2.')
  const listing = readListing(exchange)
  const token = query.get('continuation-token')
  const startAfter = query.get('start-after')
  if (token === '') decodeToken(token)
  const after = token === undefined ? positionOf(startAfter, listing) : decodeToken(token)
  const page = listPage(exchange.store.catalogue.bucket(exchange.bucket).objects, { ...listing, after })
  const { encode } = listing
  return xmlReply(
    xmlDocument(
      'ListBucketResult',
      ...listingHead(exchange, listing, page.next !== null),
      textElement('KeyCount', page.entries.length + page.prefixes.length),
      textElement('StartAfter', startAfter === undefined ? undefined : encode(startAfter)),
      textElement('ContinuationToken', token),
      textElement('NextContinuationToken', page.next && encodeToken(page.next)),
      ...listingBody(page, encode, query.get('fetch-owner') === 'true' ? exchange.accessKeyId : null),
    ),
  )
}

/** @param {Exchange} exchange @returns {Reply} */
export function listObjects(exchange) {
  const listing = readListing(exchange)
  const marker = exchange.query.get('marker') ?? ''
  const after = positionOf(marker, listing)
  const page = listPage(exchange.store.catalogue.bucket(exchange.bucket).objects, { ...listing, after })
  const { encode } = listing
  const nextMarker = page.next && ('prefix' in page.next ? page.next.prefix : page.next.key)
  return xmlReply(
    xmlDocument(
      'ListBucketResult',
      ...listingHead(exchange, listing, page.next !== null),
      textElement('Marker', encode(marker)),
      textElement('NextMarker', nextMarker === null ? undefined : encode(nextMarker)),
      ...listingBody(page, encode, exchange.accessKeyId),
    ),
  )
}

/** @param {Exchange} exchange */
function readListing(exchange) {
  const { query } = exchange
  const encoding = query.get('encoding-type')
  if (encoding !== undefined && encoding !== 'url')
    throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request', {
      ArgumentName: 'encoding-type',
    })
  /** @type {Encode} */
  const encode = encoding === 'url' ? encodePath : (text) => text
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: exchange.number('max-keys', { min: 0, max: MAX_KEYS, fallback: MAX_KEYS }),
    encode,
    encoding,
  }
}

/** A listing that begins inside a common prefix does not show that prefix again. @param {string | undefined} marker @param {{ prefix: string, delimiter: string }} listing @returns {Position | null} */
function positionOf(marker, { prefix, delimiter }) {
  if (!marker) return null
  const common = commonPrefix(marker, prefix, delimiter)
  return common === null ? { key: marker } : { prefix: common }
}

/** @param {Exchange} exchange @param {ReturnType<typeof readListing>} listing @param {boolean} isTruncated */
function listingHead({ bucket }, { prefix, delimiter, maxKeys, encode, encoding }, isTruncated) {
  return [
    textElement('Name', bucket),
    textElement('Prefix', encode(prefix)),
    textElement('Delimiter', delimiter === '' ? undefined : encode(delimiter)),
    textElement('MaxKeys', maxKeys),
    textElement('EncodingType', encoding),
    textElement('IsTruncated', isTruncated),
  ]
}

/** @param {import('./listing.mjs').Page<import('./catalogue.mjs').StoredObject>} page @param {Encode} encode @param {string | null} ownerId */
function listingBody({ entries, prefixes }, encode, ownerId) {
  const contents = entries.map(({ key, value }) =>
    element(
      'Contents',
      textElement('Key', encode(key)),
      textElement('LastModified', isoTime(value.modifiedMs)),
      textElement('ETag', `"${value.etag}"`),
      textElement('ChecksumAlgorithm', value.checksum?.split(':')[0]?.toUpperCase()),
      textElement('ChecksumType', value.checksum && checksumType(value.checksum)),
      textElement('Size', value.sizeBytes),
      textElement('StorageClass', value.storageClass),
      ownerId === null ? '' : owner(ownerId),
    ),
  )
  return [
    ...contents,
    ...prefixes.map((prefix) => element('CommonPrefixes', textElement('Prefix', encode(prefix)))),
  ]
}

/** @param {string} xml @returns {Reply} */
export function xmlReply(xml) {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: xml }
}

/** @param {string} id @returns {string} */
export function owner(id) {
  return element('Owner', textElement('ID', id), textElement('DisplayName', id))
}

/** @param {number} ms @returns {string} */
export function isoTime(ms) {
  return new Date(ms).toISOString()
}
