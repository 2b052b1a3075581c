import { open, readdir, rename, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import { StoreFailure } from './errors.mjs'
import { syncFolder } from './folder-sync.mjs'
import { encodeFrame, Journal, replayFrames, writeFully } from './journal.mjs'

/** @typedef {import('./journal.mjs').JournalRecord} JournalRecord */

/**
 * The folder of numbered journals and snapshots. `snapshot-000004` holds every change made before `journal-000004`
 * began, so the state is the latest snapshot and all journals from its number on.
 */
export class IndexFolder {
  #folder
  #number
  #journal
  #snapshotBytes

  /** @param {string} folder @param {number} number @param {Journal} journal @param {number} snapshotBytes */
  constructor(folder, number, journal, snapshotBytes) {
    this.#folder = folder
    this.#number = number
    this.#journal = journal
    this.#snapshotBytes = snapshotBytes
  }

  /**
   * Replays the folder and opens its last journal.
   * @param {string} folder
   * @param {(record: JournalRecord) => void} apply
   * @param {(note: string) => void} log
   * @returns {Promise<IndexFolder>} throws StoreFailure when a file is damaged or missing
   */
  static async open(folder, apply, log) {
    const names = await readdir(folder)
    const snapshot = Math.max(0, ...numbersOf(names, 'snapshot'))
    const first = Math.max(1, snapshot)
    const journals = numbersOf(names, 'journal').filter((number) => number >= first)
    if (journals.some((number, i) => number !== first + i) || (snapshot > 0 && journals.length === 0))
      throw new StoreFailure(`The index folder ${folder} lacks a journal; restore it from a backup.`)
    const snapshotBytes = snapshot > 0 ? await replaySnapshot(fileOf(folder, 'snapshot', snapshot), apply) : 0
    const number = journals.at(-1) ?? first
    let goodBytes = 0
    for (const each of journals)
      goodBytes = await replayJournal(fileOf(folder, 'journal', each), each === number, apply, log)
    const journal = await Journal.open(fileOf(folder, 'journal', number), goodBytes)
    await syncFolder(folder)
    await removeBefore(folder, names, first)
    return new IndexFolder(folder, number, journal, snapshotBytes)
  }

  /** Whether the journal has outgrown what it describes. @param {number} minBytes @returns {boolean} */
  isWorthSnapshot(minBytes) {
    return this.#journal.sizeBytes > Math.max(minBytes, this.#snapshotBytes)
  }

  /** @param {JournalRecord[]} records @returns {Promise<void>} */
  append(records) {
    return this.#journal.append(records)
  }

  /** Begins the next journal; nothing may be appended meanwhile. @returns {Promise<void>} */
  async rotate() {
    const next = await this.#createNext()
    await this.#journal.close()
    this.#journal = next
    this.#number++
  }

  /** Leaves no next journal when it fails: the current one goes on, and only the last may be torn by a crash. */
  async #createNext() {
    const file = fileOf(this.#folder, 'journal', this.#number + 1)
    try {
      const journal = await Journal.open(file, 0)
      await syncFolder(this.#folder)
      return journal
    } catch (error) {
      await unlink(file).catch(() => undefined)
      throw error
    }
  }

  /**
   * Writes the snapshot that belongs to the current journal and drops what it makes superfluous.
   * @param {Iterable<JournalRecord[]>} frames the state, taken after `rotate()`
   * @returns {Promise<void>}
   */
  async writeSnapshot(frames) {
    const number = this.#number
    const target = fileOf(this.#folder, 'snapshot', number)
    const file = await open(`${target}.tmp`, 'w', 0o600)
    let sizeBytes = 0
    try {
      for (const records of frames) {
        const frame = encodeFrame(records)
        await writeFully(file, frame, sizeBytes)
        sizeBytes += frame.length
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${target}.tmp`, target)
    await syncFolder(this.#folder)
    this.#snapshotBytes = sizeBytes
    await removeBefore(this.#folder, await readdir(this.#folder), number)
  }

  async close() {
    await this.#journal.close()
  }
}

/** @param {string} folder @param {string} kind @param {number} number */
function fileOf(folder, kind, number) {
  return path.join(folder, `${kind}-${String(number).padStart(6, '0')}`)
}

/** @param {string[]} names @param {string} kind */
function numbersOf(names, kind) {
  return names
    .map((name) => /^(\w+)-(\d{6,})$/.exec(name))
    .filter((match) => match?.[1] === kind)
    .map((match) => Number(match?.[2]))
    .sort((a, b) => a - b)
}

/** @param {string} file @param {(record: JournalRecord) => void} apply */
async function replaySnapshot(file, apply) {
  const { goodBytes, totalBytes } = await replayFrames(file, apply)
  if (goodBytes < totalBytes)
    throw new StoreFailure(
      `The index snapshot ${file} is damaged at byte ${goodBytes}; restore the folder from a backup.`,
    )
  return (await stat(file)).size
}

/** Only the last journal can have been torn by a crash. @param {string} file @param {boolean} isLast @param {(record: JournalRecord) => void} apply @param {(note: string) => void} log */
async function replayJournal(file, isLast, apply, log) {
  const { goodBytes, totalBytes } = await replayFrames(file, apply)
  if (goodBytes === totalBytes) return goodBytes
  if (!isLast)
    throw new StoreFailure(
      `The index journal ${file} is damaged at byte ${goodBytes}; restore the folder from a backup.`,
    )
  log(
    `Cut ${totalBytes - goodBytes} bytes of an unfinished, never acknowledged write off the end of ${file}.`,
  )
  return goodBytes
}

/** @param {string} folder @param {string[]} names @param {number} first */
async function removeBefore(folder, names, first) {
  for (const name of names) {
    const number = Number(/^(?:snapshot|journal)-(\d{6,})/.exec(name)?.[1] ?? first)
    if (number < first || name.endsWith('.tmp')) await unlink(path.join(folder, name))
  }
}
