import 'server-only'
import { readFile } from 'node:fs/promises'

/** What Linux says of the connections of this process's network. */
const TABLES = ['/proc/self/net/tcp', '/proc/self/net/tcp6']

const inHex = (port: string | undefined) => Number(port).toString(16).toUpperCase().padStart(4, '0')

/**
 * How many bytes the system holds for the other end of a connection of ours, sent or not, that it has not acknowledged.
 * Undefined where the system does not tell. Node only knows what it has handed over, of which the system takes megabytes.
 * @param ports our own and the other one: `"3000-51234"`
 */
export async function countUnsentBytes(ports: string): Promise<number | undefined> {
  const [own, other] = ports.split('-')
  const ends = `:${inHex(own)} [0-9A-F]+:${inHex(other)}`
  const line = new RegExp(`^ *\\d+: [0-9A-F]+${ends} [0-9A-F]{2} ([0-9A-F]{8}):`, 'm')
  for (const table of TABLES) {
    const found = line.exec(await readFile(table, 'latin1').catch(() => ''))?.[1]
    if (found !== undefined) return Number.parseInt(found, 16)
  }
  return undefined
}
