import 'server-only'
import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '#lib/domain/errors'
import type { GuardedAgents } from './endpoint-guard'
import { collect, sendRequest } from './send-request'
import { encodeKey, type SigningKeys, signRequest } from './sign-request'
import { type Attempt, stopped, translateAnswer, translateNetworkError } from './translate-error'
import type { StoreTimeouts } from './types'
import { readFlatXml } from './xml-cursor'

/** One operation of S3 on the bucket, or on one key of it. */
export interface StoreCall extends Attempt {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  /** None = the bucket itself. */
  key?: string
  query?: readonly (readonly [string, string])[]
  /** Lower-case names. */
  headers?: Record<string, string>
  body?: Buffer
  /** Safe to send again after a failure. */
  repeatable?: boolean
}

/** How to reach one bucket: everything that calls share. */
export interface StoreClient {
  origin: URL
  bucket: string
  /** The bucket in the path rather than in the host name. */
  bucketInPath: boolean
  region: string
  agents: GuardedAgents
  timeouts: StoreTimeouts
  signal: AbortSignal
  keys: () => Promise<SigningKeys>
  now: () => Date
}

const MAX_ERROR_BYTES = 64 * 1024
const MAX_ANSWER_BYTES = 16 * 1024 * 1024

/** Makes a call and gives the answer, which is a success; its body is the caller's to read or destroy. */
export async function callStore(client: StoreClient, call: StoreCall): Promise<IncomingMessage> {
  for (let tries = 0; ; tries++) {
    try {
      return await callOnce(client, call)
    } catch (error) {
      const failure = translateNetworkError(error, call.where, client.signal)
      const again = call.repeatable === true && tries < client.timeouts.retries && isPassing(failure)
      if (!again) throw failure
      await pause(client, call, 100 * 4 ** tries)
    }
  }
}

/** Makes a call and gives the whole body, of at most 16 MiB. */
export async function callForBody(client: StoreClient, call: StoreCall): Promise<Buffer> {
  for (let tries = 0; ; tries++) {
    const answer = await callStore(client, call)
    try {
      return await collect(answer, MAX_ANSWER_BYTES, client.timeouts.answerMs)
    } catch (error) {
      const failure = answerFailure(error, call, client.signal)
      const again = call.repeatable === true && tries < client.timeouts.retries && isPassing(failure)
      if (!again) throw failure
    }
  }
}

/** The failure for an answer that says success and is not what S3 would send. */
export function strangeAnswer(where: string, what: string): Failure {
  return new Failure('validation_failed', `The endpoint's answer is not that of an S3 store: ${what}`, {
    reason: 'not-s3',
    where,
    remedy: 'Check the endpoint of the connection.',
  })
}

async function callOnce(client: StoreClient, call: StoreCall): Promise<IncomingMessage> {
  if (client.signal.aborted) throw stopped(client.signal, call.where)
  const url = client.bucketInPath ? client.origin : withBucketHost(client)
  const request = {
    method: call.method,
    path:
      `${client.bucketInPath ? `/${encodeKey(client.bucket)}` : ''}${call.key === undefined ? '' : `/${encodeKey(call.key)}`}` ||
      '/',
    query: call.query ?? [],
    headers: {
      ...call.headers,
      host: url.host,
      ...(call.body === undefined ? {} : { 'content-length': String(call.body.length) }),
    },
    ...(call.body === undefined ? {} : { body: call.body }),
  }
  const headers = signRequest(request, await client.keys(), client.region, client.now())
  const answer = await sendRequest(
    { ...request, url, headers },
    {
      agents: client.agents,
      signal: client.signal,
      idleMs: client.timeouts.idleMs,
      answerMs: client.timeouts.answerMs,
    },
  )
  const status = answer.statusCode ?? 0
  if (status >= 200 && status < 300) return answer
  throw await refusalFrom(client, call, answer)
}

async function refusalFrom(client: StoreClient, call: StoreCall, answer: IncomingMessage): Promise<Failure> {
  const body = await collect(answer, MAX_ERROR_BYTES, client.timeouts.answerMs)
  const xml = readFlatXml(body.toString())
  const isError = xml?.root === 'Error'
  const region = text(answer.headers['x-amz-bucket-region']) ?? (isError ? xml.fields.Region : undefined)
  const foreign = {
    status: answer.statusCode ?? 0,
    code: isError ? (xml.fields.Code ?? '') : '',
    strange: body.length > 0 && !isError,
    region: region === client.region ? undefined : region,
    retryAfterSeconds: seconds(answer.headers['retry-after']),
  }
  return translateAnswer(foreign, call)
}

function answerFailure(error: unknown, call: StoreCall, signal: AbortSignal): Failure {
  if (error instanceof Error && 'code' in error && error.code === 'ANSWER_TOO_LARGE') {
    return strangeAnswer(call.where, 'it is too large')
  }
  return translateNetworkError(error, call.where, signal)
}

const PASSING = new Set(['slow-down', 'store-error', 'connection-reset', 'answer-timeout', 'host-not-found'])

function isPassing(failure: Failure): boolean {
  return PASSING.has(failure.details.reason ?? '')
}

async function pause(client: StoreClient, call: StoreCall, ms: number): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: client.signal })
  } catch {
    throw stopped(client.signal, call.where)
  }
}

function withBucketHost(client: StoreClient): URL {
  const url = new URL(client.origin)
  url.hostname = `${client.bucket}.${client.origin.hostname}`
  return url
}

function text(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && header !== '' ? header : undefined
}

function seconds(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,5}$/.test(header) ? Number(header) : undefined
}
