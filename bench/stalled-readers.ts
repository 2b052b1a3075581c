import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Launchpad } from '../e2e/support/launchpad'
import { heldBytesOfWeb } from '../e2e/support/web-heap'
import { residentBytesOfWeb } from '../e2e/support/web-memory'
import type { apiOf } from './api'
import { megabytes } from './measure'
import type { Row } from './row'

/** Of two callers: one alone may not read so many streams at a time. */
const READERS = 20
/** Readers of Parquet come to their turns one after the other before all of them stand still. */
const SETTLE_MS = 30_000
const MAXIMUM_EACH_BYTES = 1024 * 1024

/** What web holds for readers who take the first bytes of a stream and then nothing, and whether others are answered meanwhile. */
export async function measureStalledReaders(
  launchpad: Launchpad,
  api: ReturnType<typeof apiOf>,
  { of, path }: { of: string; path: string },
): Promise<Row> {
  const { secret } = await api<{ secret: string }>('POST', '/api/keys/global', {
    label: 'Stalled readers',
    admin: true,
  })
  const keys = [secret, launchpad.demo().admin.apiKey]
  // Once to its middle and left, so that what is only ever loaded once is not counted.
  for (const socket of await stall(launchpad, path, keys, READERS)) socket.destroy()
  await sleep(SETTLE_MS)
  const heldBefore = await heldBytesOfWeb(launchpad.home)
  const before = residentBytesOfWeb(launchpad.home)
  const sockets = await stall(launchpad, path, keys, READERS)
  await sleep(SETTLE_MS)
  const resident = (residentBytesOfWeb(launchpad.home) - before) / READERS
  const each = Math.max(0, (await heldBytesOfWeb(launchpad.home)) - heldBefore) / READERS
  await api('GET', '/api/projects')
  for (const socket of sockets) socket.destroy()
  return {
    what: `memory of web for each of ${READERS} readers who take nothing of ${of}`,
    figure: `${Math.round(each / 1024)} KiB held (${Math.round(resident / 1024)} KiB more resident)`,
    reference: `${megabytes(heldBefore)} held before`,
    ratio: null,
    target: `≤ ${MAXIMUM_EACH_BYTES / 1024} KiB`,
    ok: each <= MAXIMUM_EACH_BYTES,
  }
}

function stall(launchpad: Launchpad, path: string, keys: string[], count: number): Promise<Socket[]> {
  return Promise.all(
    Array.from({ length: count }, (_, n) => startReading(launchpad, path, keys[n % keys.length] ?? '')),
  )
}

/** Asks for a stream, and stops reading with its first bytes. */
function startReading(launchpad: Launchpad, path: string, key: string): Promise<Socket> {
  const { hostname, port, host } = new URL(launchpad.url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    socket.once('error', reject)
    socket.once('data', (bytes: Buffer) => {
      socket.pause()
      if (bytes.toString('latin1').startsWith('HTTP/1.1 200')) resolve(socket)
      else reject(new Error(`answered ${bytes.toString('latin1', 0, 300)}`))
    })
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${key}\r\n\r\n`)
  })
}
