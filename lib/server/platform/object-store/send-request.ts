import 'server-only'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { GuardedAgents } from './endpoint-guard'
import { canonicalQuery } from './sign-request'

/** One request as it goes over the wire, signed already. */
export interface WireRequest {
  url: URL
  method: string
  /** Encoded; sent as it stands, since keys may hold `//`. */
  path: string
  query: readonly (readonly [string, string])[]
  headers: Record<string, string>
  body?: Buffer | undefined
}

export interface WireLimits {
  agents: GuardedAgents
  signal: AbortSignal
  /** Silence on the connection. */
  idleMs: number
  /** From the start to the answer's head; see {@link collect} for its body. */
  answerMs: number
}

/** An answer, or its next bytes, that did not come in time. */
export class AnswerTimeout extends Error {
  override name = 'AnswerTimeout'
  readonly code = 'ANSWER_TIMEOUT'
}

/** Sends one request and gives the answer once its head is there. Redirects are answers like others. */
export function sendRequest(request: WireRequest, limits: WireLimits): Promise<IncomingMessage> {
  const secure = request.url.protocol === 'https:'
  const query = canonicalQuery(request.query)
  return new Promise((resolve, reject) => {
    const sent = (secure ? https : http).request({
      agent: secure ? limits.agents.https : limits.agents.http,
      host: request.url.hostname.replace(/^\[|\]$/g, ''),
      port: request.url.port || (secure ? 443 : 80),
      method: request.method,
      path: query === '' ? request.path : `${request.path}?${query}`,
      headers: request.headers,
      signal: limits.signal,
    })
    const timer = setTimeout(() => sent.destroy(new AnswerTimeout('no answer')), limits.answerMs)
    let head: IncomingMessage | undefined
    sent.setTimeout(limits.idleMs)
    sent.on('timeout', () => {
      // Bytes that wait here are the reader's slowness, not the store's.
      if (head !== undefined && head.readableLength > 0) sent.socket?.setTimeout(limits.idleMs)
      else (head ?? sent).destroy(new AnswerTimeout('silence'))
    })
    sent.once('response', (answer) => {
      clearTimeout(timer)
      head = answer
      resolve(answer)
    })
    // Stays on: an error after the answer's head reaches the answer as well, and must not be unhandled here.
    sent.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    sent.end(request.body)
  })
}

/** The answer is larger than one of its kind can be. */
export class AnswerTooLarge extends Error {
  override name = 'AnswerTooLarge'
  readonly code = 'ANSWER_TOO_LARGE'
}

/** Reads a whole answer, at most `maxBytes` of it and for at most `withinMs`. */
export function collect(answer: IncomingMessage, maxBytes: number, withinMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const timer = setTimeout(() => answer.destroy(new AnswerTimeout('the answer drips')), withinMs)
    answer.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) answer.destroy(new AnswerTooLarge(`more than ${maxBytes} bytes`))
      else chunks.push(chunk)
    })
    answer.once('end', () => {
      clearTimeout(timer)
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks))
    })
    answer.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}
