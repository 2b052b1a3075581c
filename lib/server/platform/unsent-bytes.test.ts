import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { countUnsentBytes } from './unsent-bytes'

test.skipIf(process.platform !== 'linux').each(['127.0.0.1', '::1'])(
  'counts what the other end of a connection has not taken (%s)',
  async (host) => {
    const server = createServer((socket) => socket.on('error', () => undefined)).listen(0, host)
    await once(server, 'listening')
    const client = connect((server.address() as AddressInfo).port, host)
    const [socket] = (await once(server, 'connection')) as [Socket]
    const ports = `${socket.localPort}-${socket.remotePort}`
    expect(await countUnsentBytes(ports)).toBe(0)
    socket.write(Buffer.alloc(32 * 1024 * 1024))
    await sleep(200)
    const held = (await countUnsentBytes(ports)) ?? 0
    expect(held).toBeGreaterThan(0)
    client.resume()
    socket.end()
    await once(client, 'end')
    expect((await countUnsentBytes(ports)) ?? 0).toBe(0)
    client.destroy()
    server.close()
  },
)

test('knows nothing of connections that are not there', async () => {
  expect(await countUnsentBytes('1-1')).toBeUndefined()
  expect(await countUnsentBytes('')).toBeUndefined()
})
