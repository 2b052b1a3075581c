import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { streamText } from './stream-text'

const IDLE_MS = 600
/** Taken at a time, ten times a second. */
const LITTLE_BYTES = 300

async function* endless() {
  for (;;) yield 'x'.repeat(64 * 1024)
}

/** Serves a stream without end to a socket that takes a little whenever the test says. */
async function serve() {
  const told: string[] = []
  const server = createServer(({ socket }, response) => {
    const ports = `${socket.localPort}-${socket.remotePort}`
    const onSlow = ({ message }: Error) => told.push(message)
    const { body } = streamText(endless(), {}, { idleMs: IDLE_MS, ports, onSlow })
    const readable = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0], { highWaterMark: 1 })
    readable.on('error', () => response.destroy())
    response.on('close', () => readable.destroy())
    readable.pipe(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    onread: { buffer: Buffer.alloc(LITTLE_BYTES), callback: () => false },
  })
  client.on('error', () => undefined)
  client.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
  const stop = () => {
    client.destroy()
    server.close()
    server.closeAllConnections()
  }
  return { told, takeSome: () => client.resume(), stop }
}

test.skipIf(process.platform !== 'linux')(
  'who takes a few hundred bytes a second stays, and is ended once they take none',
  async () => {
    const { told, takeSome, stop } = await serve()
    try {
      for (let turn = 0; turn < 40; turn++) {
        await sleep(100)
        takeSome()
      }
      expect(told).toEqual([])
      await sleep(3 * IDLE_MS)
      expect(told).toEqual([`Nothing was taken of the stream for ${IDLE_MS} ms.`])
    } finally {
      stop()
    }
  },
)
