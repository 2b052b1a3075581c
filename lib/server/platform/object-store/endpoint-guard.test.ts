import http from 'node:http'
import net from 'node:net'
import { describe, expect, it } from 'vitest'
import { LOOPBACK, openTestStore, policyOf, serve } from '#lib/server/testing/loopback-store'
import { type GuardedAgents, type Lookup, makeAgents } from './endpoint-guard'

describe('the endpoint guard', () => {
  it('refuses a literal address before any socket', () => {
    expect(() => openTestStore('http://127.0.0.1:1', { policy: policyOf('') })).toThrow('loopback')
    expect(() => openTestStore('http://[::ffff:169.254.169.254]', { policy: LOOPBACK })).toThrow('link-local')
  })

  it('refuses a name that resolves to a private or metadata address', async () => {
    let reached = 0
    const endpoint = await serve((_, response) => {
      reached++
      response.end()
    })
    const { port } = new URL(endpoint)
    for (const addresses of [
      ['127.0.0.1'],
      ['8.8.8.8', '10.0.0.1'],
      ['169.254.169.254'],
      ['::ffff:127.0.0.1'],
    ]) {
      const agents = makeAgents(policyOf(''), 500, resolving(addresses))
      expect(await codeOf(agents, Number(port))).toBe('ENDPOINT_REFUSED')
    }
    expect(reached).toBe(0)
  })

  it('passes on that a name is not known', async () => {
    expect(await codeOf(makeAgents(policyOf(''), 500, unknownName), 9000)).toBe('ENOTFOUND')
  })

  it('looks at the socket itself: a lookup that lies is caught before the first byte', async () => {
    let bytes = 0
    const listener = net.createServer((socket) =>
      socket.on('data', (data) => (bytes += data.length)).on('error', () => undefined),
    )
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    const port = (listener.address() as net.AddressInfo).port
    const agents = makeAgents(policyOf(''), 500, lyingLookup)
    expect(await codeOf(agents, port)).toBe('ENDPOINT_REFUSED')
    expect(bytes).toBe(0)
    await new Promise((resolve) => listener.close(resolve))
  })
})

function resolving(addresses: string[]): Lookup {
  const lookup = (_host: string, _options: object, done: (error: null, found: object[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: net.isIP(address) })),
    )
  return lookup as unknown as Lookup
}

const unknownName = ((_host: string, _options: object, done: (error: Error, found: object[]) => void) =>
  done(Object.assign(new Error(), { code: 'ENOTFOUND' }), [])) as unknown as Lookup

/** Says an allowed address while it is judged, and another when the socket connects. */
const lyingLookup = ((_host: string, _options: object, done: (error: null, found: object[]) => void) => {
  let asked = 0
  const entry = {
    family: 4,
    get address() {
      asked++
      return asked === 1 ? '8.8.8.8' : '127.0.0.1'
    },
  }
  done(null, [entry])
}) as unknown as Lookup

function codeOf(agents: GuardedAgents, port: number): Promise<string> {
  return new Promise((resolve) => {
    const request = http.get({ agent: agents.http, host: 'store.example', port, path: '/' })
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    request.on('response', () => resolve('answered'))
  })
}
