import 'server-only'
import { readFile } from 'node:fs/promises'

/** What Linux says of the connections of this process's network. */
const TABLES = ['/proc/self/net/tcp', '/proc/self/net/tcp6']

const inHex = (port: string | undefined) => Number(port).toString(16).toUpperCase().padStart(4, '0')

/**
 * How many bytes the system holds for the other end of a connection of ours, sent or not, that it has not acknowledged.
 * Of an end on this machine, those that wait there as well: over loopback room is announced in steps of 64 KB, so that who takes
 * little would pass for one who takes nothing. Undefined where the system does not tell. Node only knows what it has handed
 * over, of which the system takes megabytes.
 * @param ports our own and the other one: `"3000-51234"`
 */
export async function countUnsentBytes(ports: string): Promise<number | undefined> {
  const [own, other] = ports.split('-')
  for (const table of TABLES) {
    const lines = await readFile(table, 'latin1').catch(() => '')
    const unsent = findQueues(lines, own, other)?.unsent
    if (unsent !== undefined) return unsent + (findQueues(lines, other, own)?.unread ?? 0)
  }
  return undefined
}

/** What waits at one end of a connection, to be sent and to be read there. */
function findQueues(lines: string, own: string | undefined, other: string | undefined) {
  const ends = `[0-9A-F]+:${inHex(own)} [0-9A-F]+:${inHex(other)}`
  const found = new RegExp(`^ *\\d+: ${ends} [0-9A-F]{2} ([0-9A-F]{8}):([0-9A-F]{8})`, 'm').exec(lines)
  if (!found) return undefined
  const [unsent = 0, unread = 0] = found.slice(1).map((hex) => Number.parseInt(hex, 16))
  return { unsent, unread }
}
