import { createHash } from 'node:crypto'
import { StoredObject } from './catalogue.mjs'
import { CHECKSUM_ALGORITHMS, combineCrc, createChecksum } from './checksums.mjs'
import { S3Error } from './errors.mjs'

const MIN_PART_BYTES = 5 * 1024 * 1024
export const MAX_PARTS = 10_000

/** @typedef {import('./catalogue.mjs').Upload} Upload */
/** @typedef {import('./catalogue.mjs').UploadPart} UploadPart */
/** @typedef {import('./checksums.mjs').ChecksumAlgorithm} ChecksumAlgorithm */
/** @typedef {{ number: number, etag: string, checksum: string | null }} NamedPart */

/**
 * How the checksum of a whole upload is made from those of its parts.
 * @param {ChecksumAlgorithm | null} algorithm
 * @param {string | undefined} wanted
 * @returns {Upload['checksumType']} throws InvalidRequest for a combination S3 does not have
 */
export function chooseChecksumType(algorithm, wanted) {
  if (wanted !== undefined && wanted !== 'COMPOSITE' && wanted !== 'FULL_OBJECT')
    throw new S3Error('InvalidRequest', 'x-amz-checksum-type must be COMPOSITE or FULL_OBJECT.')
  if (!algorithm) return null
  const type = wanted ?? (algorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE')
  const isPossible =
    type === 'FULL_OBJECT' ? CHECKSUM_ALGORITHMS[algorithm].polynomial !== null : algorithm !== 'crc64nvme'
  if (!isPossible)
    throw new S3Error(
      'InvalidRequest',
      `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
    )
  return type
}

/**
 * The object that the named parts make up. Its bytes stay where the parts' bytes are.
 * @param {Upload} upload
 * @param {NamedPart[]} named
 * @param {number} nowMs
 * @returns {StoredObject} throws InvalidPart, InvalidPartOrder or EntityTooSmall
 */
export function assembleUpload(upload, named, nowMs) {
  const parts = named.map((part, i) => findPart(upload, part, named[i - 1]))
  for (const part of parts.slice(0, -1)) {
    if (part.sizeBytes < MIN_PART_BYTES)
      throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
        PartNumber: part.number,
        ProposedSize: part.sizeBytes,
        MinSizeAllowed: MIN_PART_BYTES,
      })
  }
  const md5 = createHash('md5')
  for (const part of parts) md5.update(Buffer.from(part.etag, 'hex'))
  return new StoredObject(
    parts.reduce((sum, part) => sum + part.sizeBytes, 0),
    `${md5.digest('hex')}-${parts.length}`,
    nowMs,
    parts.flatMap((part) => part.extents),
    upload.headers,
    combineChecksums(upload, parts),
  )
}

/** @param {Upload} upload @param {NamedPart} named @param {NamedPart | undefined} previous */
function findPart(upload, named, previous) {
  if (previous && previous.number >= named.number)
    throw new S3Error('InvalidPartOrder', 'The list of parts was not in ascending order.')
  const part = upload.parts.get(named.number)
  if (!part || part.etag !== named.etag || (named.checksum !== null && part.checksum !== named.checksum))
    throw new S3Error(
      'InvalidPart',
      'One or more of the specified parts could not be found, or its ETag did not match.',
      {
        PartNumber: named.number,
      },
    )
  return part
}

/** @param {Upload} upload @param {UploadPart[]} parts @returns {string | null} */
function combineChecksums({ algorithm, checksumType }, parts) {
  if (!algorithm || parts.some((part) => !part.checksum?.startsWith(`${algorithm}:`))) return null
  /** @type {Buffer[]} */
  const values = parts.map((part) => Buffer.from(part.checksum?.split(':')[1] ?? '', 'base64'))
  if (checksumType === 'COMPOSITE') {
    const hasher = createChecksum(algorithm)
    for (const value of values) hasher.update(value)
    return `${algorithm}:${hasher.digest().toString('base64')}-${parts.length}`
  }
  /** @type {Buffer} */
  let combined = values[0] ?? Buffer.alloc(0)
  for (const [i, part] of parts.slice(1).entries())
    combined = combineCrc(algorithm, combined, values[i + 1] ?? combined, part.sizeBytes)
  return `${algorithm}:${combined.toString('base64')}`
}
