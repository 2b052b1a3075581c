import { putRecord } from './catalogue.mjs'
import { compareUtf8 } from './ordered-index.mjs'

const RECORDS_PER_FRAME = 1000

/** @typedef {import('./journal.mjs').JournalRecord} JournalRecord */

/**
 * The whole state as records, a thousand at a time. The state may change between two of them: whoever writes them keeps
 * the journal from before the first on, and replays it afterwards.
 * @param {import('./catalogue.mjs').Catalogue} catalogue
 * @returns {Generator<JournalRecord[], void>}
 */
export function* snapshotRecords(catalogue) {
  for (const bucket of catalogue.buckets()) {
    yield [['bucket', bucket.name, bucket.createdMs]]
    for (const upload of [...bucket.uploads.values()]) yield uploadRecords(bucket.name, upload)
    yield* objectRecords(bucket)
  }
}

/** @param {import('./catalogue.mjs').Bucket} bucket @returns {Generator<JournalRecord[], void>} */
function* objectRecords(bucket) {
  /** @type {string | null} */
  let last = null
  for (;;) {
    const after = last
    const cursor = bucket.objects.seek((key) => after !== null && compareUtf8(key, after) <= 0)
    /** @type {JournalRecord[]} */
    const records = []
    for (
      let entry = cursor.next();
      entry;
      entry = records.length < RECORDS_PER_FRAME ? cursor.next() : undefined
    ) {
      records.push(putRecord(bucket.name, entry.key, entry.value))
      last = entry.key
    }
    if (records.length === 0) return
    yield records
  }
}

/** @param {string} bucket @param {import('./catalogue.mjs').Upload} upload @returns {JournalRecord[]} */
function uploadRecords(bucket, upload) {
  const { id, key, createdMs, headers, algorithm, checksumType } = upload
  const parts = [...upload.parts.values()].map(
    (part) =>
      /** @type {JournalRecord} */ ([
        ...[
          'part',
          bucket,
          id,
          part.number,
          part.sizeBytes,
          part.etag,
          part.modifiedMs,
          part.extents,
          part.checksum,
        ],
      ]),
  )
  return [['upload', bucket, id, key, createdMs, headers, algorithm, checksumType], ...parts]
}
