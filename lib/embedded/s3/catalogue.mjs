import { S3Error } from './errors.mjs'
import { OrderedIndex } from './ordered-index.mjs'

const MAX_INTERNED_HEADERS = 1024

/** @typedef {import('./committer.mjs').Extents} Extents */
/** @typedef {import('./journal.mjs').JournalRecord} JournalRecord */
/** Response headers kept with an object: content-type, x-amz-meta-…, x-amz-storage-class and so on. */
/** @typedef {Readonly<Record<string, string>>} StoredHeaders */
/** @typedef {'COMPOSITE' | 'FULL_OBJECT'} ChecksumType */
/** @typedef {{ number: number, sizeBytes: number, etag: string, modifiedMs: number, extents: Extents, checksum: string | null }} UploadPart */
/**
 * @typedef {object} Upload
 * @property {string} id
 * @property {string} key
 * @property {number} createdMs
 * @property {StoredHeaders} headers
 * @property {import('./checksums.mjs').ChecksumAlgorithm | null} algorithm
 * @property {ChecksumType | null} checksumType
 * @property {Map<number, UploadPart>} parts
 */
/** @typedef {{ name: string, createdMs: number, objects: OrderedIndex<StoredObject>, uploads: Map<string, Upload> }} Bucket */
/** @typedef {{ retain(extents: Extents): void, release(extents: Extents): void }} References */

/** What is known of one object. One extent, the common case, is kept as two numbers to keep a million of them small. */
export class StoredObject {
  #file = 0
  #offset = 0
  /** @type {Extents | null} */
  #extents = null

  /**
   * @param {number} sizeBytes
   * @param {string} etag without quotes
   * @param {number} modifiedMs
   * @param {Extents} extents
   * @param {StoredHeaders} headers
   * @param {string | null} checksum e.g. `crc32:DUoRhQ==`, or `crc32:…-3` for one composed of three parts
   */
  constructor(sizeBytes, etag, modifiedMs, extents, headers, checksum) {
    this.sizeBytes = sizeBytes
    this.etag = etag
    this.modifiedMs = modifiedMs
    this.headers = headers
    this.checksum = checksum
    if (extents.length === 3) [this.#file, this.#offset] = /** @type {[number, number, number]} */ (extents)
    else this.#extents = extents
  }

  /** @returns {Extents} */
  get extents() {
    return this.#extents ?? [this.#file, this.#offset, this.sizeBytes]
  }

  get storageClass() {
    return this.headers['x-amz-storage-class'] ?? 'STANDARD'
  }
}

/** Everything the store knows, in memory; it changes only by applying journal records. */
export class Catalogue {
  /** @type {Map<string, Bucket>} */
  #buckets = new Map()
  /** @type {Map<string, StoredHeaders>} */
  #interned = new Map()
  /** @type {References | null} */
  #references = null

  /** From here on files are retained and released as records are applied. @param {References} references */
  countReferences(references) {
    for (const bucket of this.#buckets.values()) {
      const cursor = bucket.objects.seek(() => false)
      for (let entry = cursor.next(); entry; entry = cursor.next()) references.retain(entry.value.extents)
      for (const upload of bucket.uploads.values())
        for (const part of upload.parts.values()) references.retain(part.extents)
    }
    this.#references = references
  }

  /** By name. @returns {Bucket[]} */
  buckets() {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** @param {string} name @returns {Bucket | undefined} */
  findBucket(name) {
    return this.#buckets.get(name)
  }

  /** @param {string} name @returns {Bucket} throws NoSuchBucket */
  bucket(name) {
    const bucket = this.#buckets.get(name)
    if (!bucket)
      throw new S3Error('NoSuchBucket', 'The specified bucket does not exist.', { BucketName: name })
    return bucket
  }

  /** @param {string} bucket @param {string} key @returns {StoredObject} throws NoSuchBucket or NoSuchKey */
  object(bucket, key) {
    const object = this.bucket(bucket).objects.get(key)
    if (!object) throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key })
    return object
  }

  /** @param {string} bucket @param {string} key @param {string} id @returns {Upload} throws NoSuchBucket or NoSuchUpload */
  upload(bucket, key, id) {
    const upload = this.bucket(bucket).uploads.get(id)
    if (upload?.key !== key)
      throw new S3Error(
        'NoSuchUpload',
        'The specified multipart upload does not exist; it may have been completed or aborted.',
      )
    return upload
  }

  get objectCount() {
    let count = 0
    for (const bucket of this.#buckets.values()) count += bucket.objects.size
    return count
  }

  /**
   * Applies one record. Replaying a run of records over a state that already holds some of them ends in the same state,
   * which is what lets a snapshot be written while changes go on.
   * @param {JournalRecord} record
   */
  apply(record) {
    const [kind, ...fields] = record
    const bucket = this.#buckets.get(/** @type {string} */ (fields[0]))
    if (kind === 'bucket') this.#addBucket(fields, bucket)
    else if (!bucket) return
    else if (kind === 'put') this.#put(bucket, fields)
    else if (kind === 'delete')
      this.#release(bucket.objects.delete(/** @type {string} */ (fields[1]))?.extents)
    else if (kind === 'upload') this.#addUpload(bucket, fields)
    else if (kind === 'part') this.#addPart(bucket, fields)
    else if (kind === 'abort') this.#dropUpload(bucket, fields[1])
    else if (kind === 'complete') this.#complete(bucket, fields)
    else if (kind === 'unbucket') this.#dropBucket(bucket)
    else throw new TypeError(`Unknown journal record ${kind}`)
  }

  /** @param {unknown[]} fields @param {Bucket | undefined} existing */
  #addBucket(fields, existing) {
    const [name, createdMs] = /** @type {[string, number]} */ (fields)
    if (!existing)
      this.#buckets.set(name, { name, createdMs, objects: new OrderedIndex(), uploads: new Map() })
  }

  /** @param {Bucket} bucket */
  #dropBucket(bucket) {
    for (const id of [...bucket.uploads.keys()]) this.#dropUpload(bucket, id)
    this.#buckets.delete(bucket.name)
  }

  /** @param {Bucket} bucket @param {unknown[]} fields */
  #put(bucket, fields) {
    const [, key, sizeBytes, etag, modifiedMs, extents, headers, checksum] =
      /** @type {[string, string, number, string, number, Extents, StoredHeaders, string | null]} */ (fields)
    this.#references?.retain(extents)
    const object = new StoredObject(sizeBytes, etag, modifiedMs, extents, this.#intern(headers), checksum)
    this.#release(bucket.objects.set(key, object)?.extents)
  }

  /** @param {Bucket} bucket @param {unknown[]} fields */
  #addUpload(bucket, fields) {
    const [, id, key, createdMs, headers, algorithm, checksumType] =
      /** @type {[string, string, string, number, StoredHeaders, Upload['algorithm'], Upload['checksumType']]} */ (
        fields
      )
    if (bucket.uploads.has(id)) return
    bucket.uploads.set(id, { id, key, createdMs, headers, algorithm, checksumType, parts: new Map() })
  }

  /** @param {Bucket} bucket @param {unknown[]} fields */
  #addPart(bucket, fields) {
    const [, id, number, sizeBytes, etag, modifiedMs, extents, checksum] =
      /** @type {[string, string, number, number, string, number, Extents, string | null]} */ (fields)
    const upload = bucket.uploads.get(id)
    if (!upload) return
    this.#references?.retain(extents)
    this.#release(upload.parts.get(number)?.extents)
    upload.parts.set(number, { number, sizeBytes, etag, modifiedMs, extents, checksum })
  }

  /** @param {Bucket} bucket @param {unknown[]} fields */
  #complete(bucket, fields) {
    const [name, id, ...object] = fields
    this.#put(bucket, [name, ...object])
    this.#dropUpload(bucket, id)
  }

  /** @param {Bucket} bucket @param {unknown} id */
  #dropUpload(bucket, id) {
    const upload = bucket.uploads.get(/** @type {string} */ (id))
    if (!upload) return
    bucket.uploads.delete(upload.id)
    for (const part of upload.parts.values()) this.#release(part.extents)
  }

  /** @param {Extents | undefined} extents */
  #release(extents) {
    if (extents) this.#references?.release(extents)
  }

  /** Most objects of a bucket carry the same headers; they share one object. @param {StoredHeaders} headers */
  #intern(headers) {
    const text = JSON.stringify(headers)
    const known = this.#interned.get(text)
    if (known) return known
    if (this.#interned.size < MAX_INTERNED_HEADERS) this.#interned.set(text, headers)
    return headers
  }
}

/**
 * The record that stores an object.
 * @param {string} bucket
 * @param {string} key
 * @param {StoredObject} object
 * @returns {JournalRecord}
 */
export function putRecord(bucket, key, object) {
  return ['put', bucket, key, ...objectFields(object)]
}

/**
 * An object as the fields of a `put` or `complete` record.
 * @param {StoredObject} object
 * @returns {unknown[]}
 */
export function objectFields({ sizeBytes, etag, modifiedMs, extents, headers, checksum }) {
  return [sizeBytes, etag, modifiedMs, extents, headers, checksum]
}
