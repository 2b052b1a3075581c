import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Failure } from '#lib/domain/errors'
import type { SigningKeys } from './credentials'
import { type S3Sdk, type S3Settings, s3For } from './s3-clients'
import { type Attempt, stopped } from './translate-error'
import { translateSdkError } from './translate-sdk-error'

/** How to reach one bucket under one permit: everything that calls share. */
export interface StoreClient extends S3Settings {
  bucket: string
  signal: AbortSignal
  keys: () => Promise<SigningKeys>
  now: () => Date
}

/** One call to the bucket, for what is said of its failure and whether it is made again. */
export interface StoreCall extends Attempt {
  /** Safe to send again after a failure. */
  repeatable?: boolean
}

/** Sends commands of the SDK; every one takes the options, which end it with the permit. */
export interface Sender {
  s3: S3Client
  sdk: S3Sdk
  options: { abortSignal: AbortSignal }
}

/**
 * Runs one call, signed with the bucket's keys, and again after a passing fault if it only reads. What it throws is a
 * `Failure`.
 * @example callStore(client, call, ({ s3, sdk, options }) => s3.send(new sdk.HeadObjectCommand(input), options))
 */
export async function callStore<T>(
  client: StoreClient,
  call: StoreCall,
  run: (sender: Sender) => Promise<T>,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      if (client.signal.aborted) throw stopped(client.signal, call.where)
      const { s3, sdk } = await s3For(client, await client.keys())
      return await run({ s3, sdk, options: { abortSignal: client.signal } })
    } catch (error) {
      const failure = translateSdkError(error, call, client)
      const again = call.repeatable === true && tries < client.timeouts.retries && isPassing(failure)
      if (!again) throw failure
      await pause(client, call, 100 * 4 ** tries)
    }
  }
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
