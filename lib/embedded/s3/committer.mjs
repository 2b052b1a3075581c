import { storageError } from './errors.mjs'

const MAX_BATCH_WRITES = 1024
const MAX_BATCH_BYTES = 8 * 1024 * 1024

/** @typedef {import('./journal.mjs').JournalRecord} JournalRecord */
/** Where bytes stand: `[file, offset, size]` repeated. @typedef {number[]} Extents */
/**
 * What a write comes down to: the records that make it, and what its caller gets once they are durable.
 * @template T
 * @typedef {{ records: JournalRecord[], result: T }} Decision
 */
/**
 * One change asked for.
 * @template T
 * @typedef {object} Write
 * @property {string} touches what it reads and changes; two writes touching the same never share a batch
 * @property {boolean} [alone] whether it may share a batch at all
 * @property {Buffer | null} [payload] bytes to store with it
 * @property {(place: (sizeBytes: number) => Extents) => Decision<T>} decide looks at the committed state and returns
 *   the records, or throws; it asks for the payload's place last
 */
/** @typedef {{ write: Write<unknown>, resolve: (result: unknown) => void, reject: (error: unknown) => void }} WaitingWrite */
/** @typedef {{ task: () => Promise<void>, resolve: () => void, reject: (error: unknown) => void }} WaitingTask */
/**
 * @typedef {object} CommitTarget
 * @property {(payloads: Buffer[]) => Promise<void>} storePayloads makes bytes durable at the places handed out
 * @property {(sizeBytes: number) => Extents} place hands out the place of the next payload of this batch
 * @property {() => void} forgetPlaces gives up the places of a failed batch
 * @property {(records: JournalRecord[]) => Promise<void>} appendRecords makes records durable
 * @property {(records: JournalRecord[]) => void} apply shows records to readers
 */

/**
 * The single writer. Concurrent writes share one fsync of their bytes and one of their records; readers see a change
 * only after both. Conditions are decided here, against the committed state, so If-None-Match has one winner.
 */
export class Committer {
  #target
  /** @type {(WaitingWrite | WaitingTask)[]} */
  #queue = []
  /** @type {Promise<void> | null} */
  #running = null
  #closed = false

  /** @param {CommitTarget} target */
  constructor(target) {
    this.#target = target
  }

  /**
   * Resolves once the write is durable and visible.
   * @template T
   * @param {Write<T>} write
   * @returns {Promise<T>}
   */
  commit(write) {
    return new Promise((resolve, reject) =>
      this.#enqueue({ write, resolve: (result) => resolve(/** @type {T} */ (result)), reject }),
    )
  }

  /** Runs a task between two batches, while nothing is being written. @param {() => Promise<void>} task @returns {Promise<void>} */
  runBetweenBatches(task) {
    return new Promise((resolve, reject) => this.#enqueue({ task, resolve, reject }))
  }

  /** Finishes what is queued and refuses what comes later. @returns {Promise<void>} */
  async close() {
    this.#closed = true
    await this.#running
  }

  /** @param {WaitingWrite | WaitingTask} waiting */
  #enqueue(waiting) {
    if (this.#closed) return waiting.reject(storageError(new Error('The store is closed')))
    this.#queue.push(waiting)
    this.#running ??= this.#run()
  }

  async #run() {
    // Writes that arrive in the same turn of the event loop join the first batch.
    await new Promise((resolve) => setImmediate(resolve))
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      if ('task' in next) await this.#runTask(next)
      else await this.#commitBatch()
    }
    this.#running = null
  }

  /** @param {WaitingTask} waiting */
  async #runTask({ task, resolve, reject }) {
    this.#queue.shift()
    await task().then(resolve, reject)
  }

  async #commitBatch() {
    const { batch, records, payloads } = this.#takeBatch()
    try {
      if (payloads.length > 0) await this.#target.storePayloads(payloads)
      if (records.length > 0) await this.#target.appendRecords(records)
    } catch (error) {
      this.#target.forgetPlaces()
      for (const { waiting } of batch) waiting.reject(storageError(error))
      return
    }
    this.#target.apply(records)
    for (const { waiting, result } of batch) waiting.resolve(result)
  }

  #takeBatch() {
    /** @type {{ waiting: WaitingWrite, result: unknown }[]} */
    const batch = []
    /** @type {JournalRecord[]} */
    const records = []
    /** @type {Buffer[]} */
    const payloads = []
    const touched = new Set()
    let payloadBytes = 0
    while (batch.length < MAX_BATCH_WRITES && payloadBytes < MAX_BATCH_BYTES) {
      const next = this.#queue[0]
      if (
        !next ||
        'task' in next ||
        touched.has(next.write.touches) ||
        (next.write.alone && batch.length > 0)
      )
        break
      this.#queue.shift()
      touched.add(next.write.touches)
      const decided = this.#decide(next)
      if (!decided) continue
      batch.push({ waiting: next, result: decided.result })
      records.push(...decided.records)
      const { payload } = next.write
      if (payload && payload.length > 0) payloads.push(payload)
      payloadBytes += payload?.length ?? 0
      if (next.write.alone) break
    }
    return { batch, records, payloads }
  }

  /** @param {WaitingWrite} waiting @returns {Decision<unknown> | null} null when the write was refused */
  #decide({ write, reject }) {
    try {
      return write.decide(this.#target.place)
    } catch (error) {
      reject(error)
      return null
    }
  }
}
