import { open } from 'node:fs/promises'

/** Makes created and renamed names durable; callers that come while one fsync runs share the next. */
export class FolderSync {
  #folder
  /** @type {Promise<void> | null} */
  #current = null
  /** @type {Promise<void> | null} */
  #next = null

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder
  }

  /** Resolves after an fsync that began no earlier than this call. @returns {Promise<void>} */
  run() {
    if (!this.#current) return this.#start()
    this.#next ??= this.#current.then(
      () => this.#startNext(),
      () => this.#startNext(),
    )
    return this.#next
  }

  #startNext() {
    this.#next = null
    return this.#start()
  }

  #start() {
    const current = syncFolder(this.#folder).finally(() => {
      if (this.#current === current) this.#current = null
    })
    this.#current = current
    return current
  }
}

/** @param {string} folder @returns {Promise<void>} */
export async function syncFolder(folder) {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
