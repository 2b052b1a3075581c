import { createServer } from 'node:net'

/**
 * A free loopback port: the wanted one where that is free, else any.
 * @param {number} [wanted] 0 for any
 * @returns {Promise<number>}
 */
export async function findFreePort(wanted = 0) {
  const port = await tryPort(wanted)
  return port ?? findFreePort()
}

/** @param {number} wanted @returns {Promise<number | null>} */
function tryPort(wanted) {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => (wanted ? resolve(null) : reject(error)))
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : null))
    })
  })
}
