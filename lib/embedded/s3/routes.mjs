import * as buckets from './bucket-routes.mjs'
import { S3Error } from './errors.mjs'
import * as objects from './object-routes.mjs'
import * as uploads from './upload-routes.mjs'

/** @typedef {import('./exchange.mjs').Exchange} Exchange */
/** @typedef {import('./exchange.mjs').Reply} Reply */
/**
 * @typedef {object} Route
 * @property {(exchange: Exchange) => Reply | Promise<Reply>} run
 * @property {string[]} [query] parameters it understands; one it does not is refused, since ignoring `?acl` on a PUT
 *   would overwrite the object
 * @property {boolean} [writes] whether a read-only key is refused
 */

const LISTING = ['prefix', 'delimiter', 'max-keys', 'encoding-type']
const RESPONSE = ['type', 'language', 'expires', 'cache-control', 'disposition', 'encoding'].map((name) =>
  name === 'expires' || name === 'cache-control' ? `response-${name}` : `response-content-${name}`,
)

/** By method, level and the parameter that selects a sub-resource. @type {Record<string, Route>} */
const ROUTES = {
  'GET service': { run: buckets.listBuckets },
  'PUT bucket': { run: buckets.createBucket, writes: true },
  'HEAD bucket': { run: buckets.headBucket },
  'DELETE bucket': { run: buckets.deleteBucket, writes: true },
  'GET bucket': { run: buckets.listObjects, query: [...LISTING, 'marker'] },
  'GET bucket list-type': {
    run: buckets.listObjectsV2,
    query: [...LISTING, 'continuation-token', 'start-after', 'fetch-owner'],
  },
  'GET bucket location': { run: buckets.getBucketLocation },
  'GET bucket versioning': { run: buckets.getBucketVersioning },
  'GET bucket uploads': {
    run: uploads.listUploads,
    query: ['prefix', 'key-marker', 'upload-id-marker', 'max-uploads', 'encoding-type'],
  },
  'POST bucket delete': { run: objects.deleteObjects, writes: true },
  'PUT object': { run: objects.putObject, writes: true },
  'GET object': { run: objects.getObject, query: RESPONSE },
  'HEAD object': { run: objects.headObject, query: RESPONSE },
  'DELETE object': { run: objects.deleteObject, writes: true },
  'POST object uploads': { run: uploads.createUpload, writes: true },
  'PUT object uploadId': { run: uploads.uploadPart, query: ['partNumber'], writes: true },
  'POST object uploadId': { run: uploads.completeUpload, writes: true },
  'DELETE object uploadId': { run: uploads.abortUpload, writes: true },
  'GET object uploadId': { run: uploads.listParts, query: ['max-parts', 'part-number-marker'] },
}
const SUB_RESOURCES = ['list-type', 'location', 'versioning', 'uploads', 'delete', 'uploadId']

/**
 * The route of a request.
 * @param {string} method
 * @param {import('./request-target.mjs').RequestTarget} target
 * @returns {Route} throws MethodNotAllowed or NotImplemented
 */
export function findRoute(method, { bucket, key, query }) {
  const level = key !== '' ? 'object' : bucket !== '' ? 'bucket' : 'service'
  const names = query.map(([name]) => name)
  const selector = SUB_RESOURCES.find((name) => names.includes(name))
  const route = ROUTES[[method, level, selector].filter(Boolean).join(' ')]
  if (!route && selector === undefined)
    throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.')
  const known = [selector, ...(route?.query ?? []), 'x-id']
  const unknown = names.find((name) => !known.includes(name) && !name.toLowerCase().startsWith('x-amz-'))
  if (!route || unknown !== undefined)
    throw new S3Error(
      'NotImplemented',
      `The parameter ${unknown ?? selector} is not implemented for this request.`,
    )
  return route
}
