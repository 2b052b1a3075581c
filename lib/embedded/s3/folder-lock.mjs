import { createHash } from 'node:crypto'
import { stat, unlink } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { StoreFailure, systemCode } from './errors.mjs'

/**
 * Holds a folder for this process. The lock is a bound local socket, which the kernel lets go of however the process
 * ends, so no stale lock file ever stands in the way. It is named by the folder's inode: every spelling of a path meets it.
 * @param {string} folder
 * @returns {Promise<() => Promise<void>>} releases it; throws StoreFailure when another process holds it
 */
export async function lockFolder(folder) {
  const { dev, ino } = await stat(folder)
  const name = `launchpad-s3-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 24)}`
  const address = process.platform === 'linux' ? `\0${name}` : path.join(os.tmpdir(), `${name}.sock`)
  const server = createServer((socket) => socket.destroy())
  server.unref()
  try {
    if (process.platform !== 'linux') await removeAbandonedSocket(address)
    await listen(server, address)
  } catch (error) {
    if (systemCode(error) !== 'EADDRINUSE') throw error
    throw new StoreFailure(
      `Another process is already using the object store folder ${folder}; stop it first.`,
      error,
    )
  }
  return () => new Promise((resolve) => server.close(() => resolve()))
}

/** @param {import('node:net').Server} server @param {string} address @returns {Promise<void>} */
function listen(server, address) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, () => resolve())
  })
}

/** Elsewhere than on Linux the socket is a file that outlives a killed process. @param {string} address @returns {Promise<void>} */
function removeAbandonedSocket(address) {
  return new Promise((resolve) => {
    const probe = connect(address, () => {
      probe.destroy()
      resolve()
    })
    probe.once('error', (error) => {
      if (systemCode(error) === 'ECONNREFUSED') unlink(address).then(resolve, () => resolve())
      else resolve()
    })
  })
}
