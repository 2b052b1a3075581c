import 'server-only'
import type { Readable } from 'node:stream'
import type { NodeHttpHandler } from '@smithy/node-http-handler'
import { collectBody } from './collect-body'
import type { GuardedAgents } from './endpoint-guard'
import type { StoreTimeouts } from './types'

type Handle = NodeHttpHandler['handle']

const MAX_LISTING_BYTES = 16 * 1024 * 1024
const MAX_ANSWER_BYTES = 64 * 1024

/**
 * Carries the SDK's requests over the guarded agents. The SDK reads every answer but an object's bytes to its end,
 * however long or slow it is, so those are read here within limits and handed on whole. Redirects are answers like
 * others.
 */
export class BoundedHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' }
  private readonly whole: NodeHttpHandler
  private readonly streamed: NodeHttpHandler

  constructor(
    Handler: typeof NodeHttpHandler,
    { http, https }: GuardedAgents,
    private readonly timeouts: StoreTimeouts,
  ) {
    const { connectMs, idleMs, answerMs } = timeouts
    // The time to connect is the agents' to watch: it ends with an error of its own.
    const shared = { httpAgent: http, httpsAgent: https, throwOnRequestTimeout: true }
    this.whole = new Handler({ ...shared, requestTimeout: answerMs, socketTimeout: idleMs })
    // Silence on a socket can be a reader's slowness, so while bytes stream, their reader is who counts it.
    this.streamed = new Handler({
      ...shared,
      requestTimeout: Math.min(answerMs, connectMs + idleMs),
      socketTimeout: 0,
    })
  }

  async handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const isObject = request.query['x-id'] === 'GetObject'
    const { response } = await (isObject ? this.streamed : this.whole).handle(request, options)
    const succeeded = response.statusCode >= 200 && response.statusCode < 300
    if (isObject && succeeded) return { response }
    const maxBytes = succeeded && 'list-type' in request.query ? MAX_LISTING_BYTES : MAX_ANSWER_BYTES
    const body: Readable = response.body
    response.body = await collectBody(body, maxBytes, this.timeouts.answerMs)
    return { response }
  }

  /** Leaves the agents alone, since other clients have their sockets there too. */
  destroy(): void {}

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): object {
    return {}
  }
}
