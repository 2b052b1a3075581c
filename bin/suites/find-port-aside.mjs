import { findFreePort } from '../../lib/embedded/postgres/free-port.mjs'

/** Below the ports that systems give to whoever asks for any, and above those that programs are known by. */
const FIRST = 20_000
const COUNT = 10_000

/**
 * A free port for a copy that listens later, and again after it was stopped: one that no server of another test is given
 * meanwhile.
 * @returns {Promise<number>}
 */
export const findPortAside = () => findFreePort(FIRST + Math.floor(Math.random() * COUNT))
