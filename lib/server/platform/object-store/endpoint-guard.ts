import 'server-only'
import type { LookupAddress } from 'node:dns'
import dns from 'node:dns'
import http, { type ClientRequestArgs } from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { Duplex } from 'node:stream'
import { type EndpointPolicy, refusalOf } from '#lib/domain/connections/endpoint'

/** A connection that the operator's rules do not allow; its message names host and address. */
export class EndpointRefused extends Error {
  override name = 'EndpointRefused'
  readonly code = 'ENDPOINT_REFUSED'
}

/** A connection that was not there in time. */
export class ConnectTimeout extends Error {
  override name = 'ConnectTimeout'
  readonly code = 'CONNECT_TIMEOUT'
}

export interface GuardedAgents {
  http: http.Agent
  https: https.Agent
}

export type Lookup = typeof dns.lookup

/** Sockets of their own: streams, whose readers may be slow for hours, take none from what people wait for. */
export type Lane = 'calls' | 'streams'

const agentsByPolicy = new WeakMap<EndpointPolicy, Map<string, GuardedAgents>>()

/** Gives the keep-alive agents that follow a policy, the same ones each time, since sockets are kept in them. */
export function agentsFor(policy: EndpointPolicy, connectMs: number, lane: Lane = 'calls'): GuardedAgents {
  const known = agentsByPolicy.get(policy) ?? new Map<string, GuardedAgents>()
  agentsByPolicy.set(policy, known)
  const id = `${lane} ${connectMs}`
  const agents = known.get(id) ?? makeAgents(policy, connectMs, dns.lookup)
  known.set(id, agents)
  return agents
}

/**
 * Makes agents that check the literal host, every address it resolves to, and the socket's remote address, the last
 * before the first byte is sent: `lookup` is never called for literal addresses, and names may change in between.
 */
export function makeAgents(policy: EndpointPolicy, connectMs: number, lookup: Lookup): GuardedAgents {
  const options = { keepAlive: true, maxSockets: 128, maxFreeSockets: 64, scheduling: 'lifo' as const }
  const guard: Guard = { policy, connectMs, lookup }
  return { http: new GuardedHttpAgent(options, guard), https: new GuardedHttpsAgent(options, guard) }
}

interface Guard {
  policy: EndpointPolicy
  connectMs: number
  lookup: Lookup
}

/** How Node's agents take a socket that is made asynchronously. */
type Connected = (error: Error | null, socket: Duplex) => void

class GuardedHttpAgent extends http.Agent {
  constructor(
    options: http.AgentOptions,
    private readonly guard: Guard,
  ) {
    super(options)
  }

  override createConnection(options: ClientRequestArgs, connected: Connected = () => undefined): undefined {
    connectGuarded(this.guard, options, connected)
  }
}

class GuardedHttpsAgent extends https.Agent {
  constructor(
    options: https.AgentOptions,
    private readonly guard: Guard,
  ) {
    super(options)
  }

  override createConnection(
    options: https.RequestOptions,
    connected: Connected = () => undefined,
  ): undefined {
    connectGuarded(this.guard, options, (error, socket) => {
      if (error !== null) return connected(error, socket)
      // TLS begins only now, over a socket that has passed.
      const overSocket: https.RequestOptions & { socket: Duplex } = { ...options, socket }
      connected(null, super.createConnection(overSocket) ?? socket)
    })
  }
}

/** Connects and hands the socket over once its remote address has passed. */
function connectGuarded(guard: Guard, options: ClientRequestArgs, connected: Connected): void {
  const host = String(options.host ?? 'localhost')
  const port = Number(options.port ?? 0)
  const socket = new net.Socket()
  const refuse = (words: string) => {
    socket.destroy()
    connected(new EndpointRefused(words), socket)
  }
  const literal = net.isIP(host) === 0 ? undefined : refusalOf(guard.policy, { address: host, host, port })
  if (literal !== undefined) {
    // Agents expect the callback after the call.
    process.nextTick(refuse, literal)
    return
  }
  const timer = setTimeout(
    () => socket.destroy(new ConnectTimeout(`no connection to ${host} within ${guard.connectMs} ms`)),
    guard.connectMs,
  )
  const fail = (error: Error) => {
    clearTimeout(timer)
    connected(error, socket)
  }
  socket.once('error', fail)
  socket.once('connect', () => {
    clearTimeout(timer)
    socket.off('error', fail)
    const refused = refusalOf(guard.policy, { address: socket.remoteAddress ?? '', host, port })
    if (refused === undefined) connected(null, socket)
    else refuse(refused)
  })
  socket.setNoDelay(true)
  socket.connect({ host, port, lookup: guardedLookup(guard, port) })
}

/** A `lookup` that refuses a name as soon as one of its addresses is refused. */
function guardedLookup(guard: Guard, port: number): net.LookupFunction {
  return (host, options, done) => {
    guard.lookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error !== null) return done(error, [])
      for (const { address } of addresses) {
        const refused = refusalOf(guard.policy, { address, host, port })
        if (refused !== undefined) return done(new EndpointRefused(refused), [])
      }
      const [first] = addresses
      if (options.all === true || first === undefined) return done(null, addresses)
      done(null, first.address, first.family)
    })
  }
}
