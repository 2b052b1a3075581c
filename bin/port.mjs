import { createServer } from 'node:net'
import { Sentence } from './sentence.mjs'

/**
 * Makes sure that the web server will be able to listen.
 * @param {{ host: string, port: number }} address
 * @throws {Sentence} saying why not
 */
export function requirePort({ host, port }) {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(explain(/** @type {NodeJS.ErrnoException} */ (error), host, port)))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
}

/** @param {NodeJS.ErrnoException} error @param {string} host @param {number} port */
function explain(error, host, port) {
  if (error.code === 'EADDRINUSE')
    return new Sentence(`Port ${port} on ${host} is taken. Stop what uses it, or set PORT to another.`)
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new Sentence(`HOST is ${host}, which is not an address of this machine.`)
  }
  if (error.code === 'EACCES')
    return new Sentence(`Port ${port} is reserved for root. Set PORT to one above 1023.`)
  return error
}
