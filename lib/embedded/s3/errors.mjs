/** HTTP status of every error code this server answers, as Amazon S3 has them. */
const STATUS_BY_CODE = /** @type {const} */ ({
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IncompleteBody: 400,
  InsufficientStorage: 507,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidBucketName: 400,
  InvalidDigest: 400,
  InvalidObjectState: 403,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidStorageClass: 400,
  InvalidToken: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedXML: 400,
  MetadataTooLarge: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
})

/** @typedef {keyof typeof STATUS_BY_CODE} S3ErrorCode */

/** A refusal the caller is told about: an S3 error code, its HTTP status, and extra elements of the XML answer. */
export class S3Error extends Error {
  /**
   * @param {S3ErrorCode} code
   * @param {string} message
   * @param {Record<string, string | number>} [fields] further elements, e.g. `{ Key: 'a.txt' }`
   */
  constructor(code, message, fields = {}) {
    super(message)
    this.name = 'S3Error'
    this.code = code
    this.status = STATUS_BY_CODE[code]
    this.fields = fields
  }
}

/** A condition that stops the store from starting or working, told in one sentence without a stack. */
export class StoreFailure extends Error {
  /** @param {string} message @param {unknown} [cause] */
  constructor(message, cause) {
    super(message, { cause })
    this.name = 'StoreFailure'
  }
}

/**
 * The error's code when the operating system raised it, e.g. `'ENOSPC'`.
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function systemCode(error) {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/**
 * What a caller is told about a failed write: a full disk is 507, anything else the store cannot vouch for is 503.
 * @param {unknown} error
 * @returns {S3Error}
 */
export function storageError(error) {
  if (error instanceof S3Error) return error
  const code = systemCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new S3Error('InsufficientStorage', 'The disk of the object store is full. Nothing was stored.')
  return new S3Error(
    'ServiceUnavailable',
    'The object store cannot write at present. Nothing was acknowledged.',
  )
}
