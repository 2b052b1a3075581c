import { objectFields, putRecord, StoredObject } from './catalogue.mjs'
import { Committer } from './committer.mjs'
import { checkWriteCondition } from './conditions.mjs'
import { S3Error, storageError, systemCode } from './errors.mjs'
import { Maintenance } from './maintenance.mjs'
import { openFolder } from './store-folder.mjs'

/** @typedef {import('./conditions.mjs').WriteCondition} WriteCondition */
/** @typedef {import('./catalogue.mjs').StoredHeaders} StoredHeaders */
/** @typedef {import('./request-body.mjs').RequestBody} RequestBody */
/** @typedef {{ bucket: string, key: string }} Place */
/**
 * @typedef {object} StoreOptions
 * @property {string} dir
 * @property {() => number} now
 * @property {(note: string) => void} log
 * @property {number} [segmentBytes] small objects share files of this size
 * @property {number} [journalBytes] a journal smaller than this is never replaced by a snapshot
 */

/** Buckets, objects and uploads in one folder. A promise of a write resolves once it survives a crash. */
export class Store {
  #files
  #index
  #maintenance
  #now
  #unlock
  /** What readers see. */
  catalogue
  #committer

  /**
   * @param {StoreOptions} options
   * @param {import('./store-folder.mjs').OpenedFolder} opened
   */
  constructor({ now, log, journalBytes }, { catalogue, files, index, unlock }) {
    this.catalogue = catalogue
    this.#files = files
    this.#index = index
    this.#now = now
    this.#unlock = unlock
    this.#committer = new Committer({
      place: (sizeBytes) => files.place(sizeBytes),
      storePayloads: (payloads) => files.storePayloads(payloads),
      forgetPlaces: () => files.forgetPlaces(),
      appendRecords: (records) => index.append(records),
      apply: (records) => this.#apply(records),
    })
    this.#maintenance = new Maintenance({
      catalogue,
      files,
      index,
      committer: this.#committer,
      log,
      journalBytes,
    })
  }

  /** @param {StoreOptions} options @returns {Promise<Store>} throws StoreFailure with one sentence for people */
  static async open(options) {
    return new Store(options, await openFolder(options))
  }

  /** @param {string} bucket @returns {Promise<void>} throws BucketAlreadyOwnedByYou */
  createBucket(bucket) {
    const decide = () => {
      if (this.catalogue.findBucket(bucket))
        throw new S3Error(
          'BucketAlreadyOwnedByYou',
          'The bucket you tried to create already exists, and you own it.',
          {
            BucketName: bucket,
          },
        )
      return changes(record('bucket', bucket, this.#now()))
    }
    return this.#committer.commit({ touches: bucket, alone: true, decide })
  }

  /** @param {string} bucket @returns {Promise<void>} throws NoSuchBucket or BucketNotEmpty; uploads in progress end with it */
  deleteBucket(bucket) {
    const decide = () => {
      if (this.catalogue.bucket(bucket).objects.size > 0)
        throw new S3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty', {
          BucketName: bucket,
        })
      return changes(record('unbucket', bucket))
    }
    return this.#committer.commit({ touches: bucket, alone: true, decide })
  }

  /**
   * Stores a body as an object, whole or not at all.
   * @param {Place} place
   * @param {RequestBody} body
   * @param {StoredHeaders} headers
   * @param {WriteCondition} condition
   * @returns {Promise<StoredObject>}
   */
  async putObject({ bucket, key }, body, headers, condition) {
    checkWriteCondition(this.catalogue.bucket(bucket).objects.get(key), condition, key)
    return this.#commitBody(body, true, (extents) => ({
      touches: `${bucket}/${key}`,
      decide: (place) => {
        checkWriteCondition(this.catalogue.bucket(bucket).objects.get(key), condition, key)
        const { sizeBytes, md5, checksum } = body.digest
        const at = extents ?? place(sizeBytes)
        const etag = md5.toString('hex')
        const object = new StoredObject(sizeBytes, etag, this.#now(), at, headers, checksumText(checksum))
        return { records: [putRecord(bucket, key, object)], result: object }
      },
    }))
  }

  /**
   * Copies within the store without copying bytes: both objects refer to the same ones.
   * @param {Place} from
   * @param {Place} to
   * @param {{ headersFor: (source: StoredHeaders) => StoredHeaders, condition: WriteCondition, checkSource: (source: StoredObject) => void }} options
   * @returns {Promise<StoredObject>}
   */
  copyObject(from, to, { headersFor, condition, checkSource }) {
    const decide = () => {
      const source = this.catalogue.object(from.bucket, from.key)
      checkSource(source)
      checkWriteCondition(this.catalogue.bucket(to.bucket).objects.get(to.key), condition, to.key)
      const { sizeBytes, etag, extents, checksum } = source
      const copy = new StoredObject(
        sizeBytes,
        etag,
        this.#now(),
        extents,
        headersFor(source.headers),
        checksum,
      )
      return { records: [putRecord(to.bucket, to.key, copy)], result: copy }
    }
    return this.#committer.commit({ touches: `${to.bucket}/${to.key}`, alone: true, decide })
  }

  /**
   * Deletes keys in one step; those that do not exist count as deleted.
   * @param {string} bucket
   * @param {string[]} keys
   * @param {WriteCondition} [condition] for a single key
   * @returns {Promise<void>}
   */
  deleteObjects(bucket, keys, condition) {
    const [only] = keys
    const decide = () => {
      const { objects } = this.catalogue.bucket(bucket)
      if (condition && only !== undefined) checkWriteCondition(objects.get(only), condition, only)
      const existing = [...new Set(keys)].filter((key) => objects.get(key))
      return changes(...existing.map((key) => record('delete', bucket, key)))
    }
    return this.#committer.commit({ touches: `${bucket}/${only}`, alone: keys.length > 1, decide })
  }

  /** @param {string} bucket @param {Omit<import('./catalogue.mjs').Upload, 'createdMs' | 'parts'>} upload @returns {Promise<void>} */
  createUpload(bucket, { id, key, headers, algorithm, checksumType }) {
    const decide = () => {
      this.catalogue.bucket(bucket)
      return changes(record('upload', bucket, id, key, this.#now(), headers, algorithm, checksumType))
    }
    return this.#committer.commit({ touches: id, alone: true, decide })
  }

  /**
   * @param {Place & { uploadId: string, partNumber: number }} place
   * @param {RequestBody} body
   * @returns {Promise<void>} throws NoSuchUpload
   */
  async putPart({ bucket, key, uploadId, partNumber }, body) {
    this.catalogue.upload(bucket, key, uploadId)
    await this.#commitBody(body, false, (extents) => ({
      touches: `${uploadId}#${partNumber}`,
      decide: () => {
        this.catalogue.upload(bucket, key, uploadId)
        const { sizeBytes, md5, checksum } = body.digest
        const fields = [sizeBytes, md5.toString('hex'), this.#now(), extents ?? [], checksumText(checksum)]
        return changes(record('part', bucket, uploadId, partNumber, ...fields))
      },
    }))
  }

  /**
   * @param {Place & { uploadId: string }} place
   * @param {(upload: import('./catalogue.mjs').Upload, nowMs: number) => StoredObject} assemble
   * @param {WriteCondition} condition
   * @returns {Promise<StoredObject>}
   */
  completeUpload({ bucket, key, uploadId }, assemble, condition) {
    const decide = () => {
      const upload = this.catalogue.upload(bucket, key, uploadId)
      checkWriteCondition(this.catalogue.bucket(bucket).objects.get(key), condition, key)
      const object = assemble(upload, this.#now())
      return { records: [record('complete', bucket, uploadId, key, ...objectFields(object))], result: object }
    }
    return this.#committer.commit({ touches: uploadId, alone: true, decide })
  }

  /** @param {Place & { uploadId: string }} place @returns {Promise<void>} throws NoSuchUpload */
  abortUpload({ bucket, key, uploadId }) {
    const decide = () => {
      this.catalogue.upload(bucket, key, uploadId)
      return changes(record('abort', bucket, uploadId))
    }
    return this.#committer.commit({ touches: uploadId, alone: true, decide })
  }

  /**
   * Opens an object for reading; its bytes stay readable until `release`, whatever becomes of the key.
   * @param {StoredObject} object
   * @returns {{ read: (start: number, end: number) => AsyncGenerator<Buffer, void>, release: () => void }}
   */
  openObject({ extents }) {
    this.#files.retain(extents)
    return {
      read: (start, end) => this.#files.read(extents, start, end),
      release: () => this.#files.release(extents),
    }
  }

  /** Resolves when no tidying of the folder is under way. @returns {Promise<void>} */
  settled() {
    return this.#maintenance.done()
  }

  /** Finishes what was accepted, then lets go of the folder. @returns {Promise<void>} */
  async close() {
    this.#maintenance.stop()
    await this.#committer.close()
    await this.#maintenance.done()
    await this.#files.close()
    await this.#index.close()
    await this.#unlock()
  }

  /**
   * Takes in a body and commits what `write` makes of it; the bytes are removed again when either fails.
   * @template T
   * @param {RequestBody} body
   * @param {boolean} inline
   * @param {(extents: import('./committer.mjs').Extents | null) => import('./committer.mjs').Write<T>} write
   *   extents null while the bytes have no place
   * @returns {Promise<T>}
   */
  async #commitBody(body, inline, write) {
    const received = await this.#files.receive(body.pieces(), { inline }).catch(rethrowStorage)
    try {
      const { payload, extents } = received
      return await this.#committer.commit({ ...write(payload ? null : extents), payload })
    } catch (error) {
      // After a journal that broke, its record may be on disk all the same; the next start knows.
      if (!(error instanceof S3Error && error.code === 'ServiceUnavailable')) this.#files.discard(received)
      throw error
    }
  }

  /** @param {import('./journal.mjs').JournalRecord[]} records */
  #apply(records) {
    for (const each of records) this.catalogue.apply(each)
    this.#maintenance.consider()
  }
}

/**
 * @param {...import('./journal.mjs').JournalRecord} records
 * @returns {import('./committer.mjs').Decision<void>}
 */
function changes(...records) {
  return { records, result: undefined }
}

/** @param {string} kind @param {...unknown} fields @returns {import('./journal.mjs').JournalRecord} */
function record(kind, ...fields) {
  return [kind, ...fields]
}

/** @param {import('./request-body.mjs').BodyDigest['checksum']} checksum */
function checksumText(checksum) {
  return checksum && `${checksum.algorithm}:${checksum.value.toString('base64')}`
}

/** A caller that vanished is no fault of the disk. @param {unknown} error @returns {never} */
function rethrowStorage(error) {
  const code = systemCode(error)
  throw code === undefined || code === 'ECONNRESET' || code.startsWith('ERR_') ? error : storageError(error)
}
