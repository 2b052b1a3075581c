import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Catalogue } from './catalogue.mjs'
import { DataFiles } from './data-files.mjs'
import { StoreFailure, systemCode } from './errors.mjs'
import { lockFolder } from './folder-lock.mjs'
import { syncFolder } from './folder-sync.mjs'
import { IndexFolder } from './index-folder.mjs'

/** @typedef {{ catalogue: Catalogue, files: DataFiles, index: IndexFolder, unlock: () => Promise<void> }} OpenedFolder */

/**
 * Locks the folder, replays its index and sweeps what a crash left behind.
 * @param {{ dir: string, log: (note: string) => void, segmentBytes?: number }} options
 * @returns {Promise<OpenedFolder>} throws StoreFailure with one sentence for people
 */
export async function openFolder({ dir, log, ...options }) {
  try {
    const indexFolder = path.join(dir, 'index')
    const dataFolder = path.join(dir, 'data')
    for (const folder of [indexFolder, dataFolder]) await mkdir(folder, { recursive: true, mode: 0o700 })
    await syncFolder(dir)
    const unlock = await lockFolder(dir)
    try {
      return { ...(await openLocked(indexFolder, dataFolder, log, options)), unlock }
    } catch (error) {
      await unlock()
      throw error
    }
  } catch (error) {
    throw refusal(error, dir)
  }
}

/** @param {string} indexFolder @param {string} dataFolder @param {(note: string) => void} log @param {{ segmentBytes?: number }} options */
async function openLocked(indexFolder, dataFolder, log, options) {
  const catalogue = new Catalogue()
  const index = await IndexFolder.open(indexFolder, (record) => catalogue.apply(record), log)
  const files = new DataFiles(dataFolder, options)
  catalogue.countReferences(files)
  const { sweptFiles, missingFiles } = await files.sweep()
  if (sweptFiles > 0) log(`Removed ${sweptFiles} data files that no object refers to.`)
  if (missingFiles > 0)
    log(`${missingFiles} data files are missing from ${dataFolder}; their objects cannot be read.`)
  return { catalogue, index, files }
}

/** @param {unknown} error @param {string} dir */
function refusal(error, dir) {
  const code = systemCode(error)
  if (error instanceof StoreFailure || !code) return error
  return new StoreFailure(
    `The object store folder ${dir} cannot be used (${code}); check that it is writable and not full.`,
    error,
  )
}
