import 'server-only'
import { Failure } from '#lib/domain/errors'
import { EndpointRefused } from './endpoint-guard'
import type { StoreTarget, TestStep, TestStepName } from './types'

/** What came of one try. */
export type Tried<T> = { durationMs: number } & ({ value: T } | { failure: Failure })

const MAX_SKEW_MS = 5 * 60_000

/** Failures of the listing that are about the credential, and so say that listing itself was not tried. */
const ABOUT_CREDENTIAL = new Set(['unknown-access-key', 'wrong-secret', 'credential-expired'])
/** Failures after which nobody knows whether the store accepts the credential. */
const BEFORE_CREDENTIAL = new Set([
  'clock-skew',
  'wrong-region',
  'not-s3',
  'redirect',
  'no-such-bucket',
  'deadline',
])

/** A step that worked, or the words of its failure with the bucket's name in its remedy. */
export function stepOf<T>(
  step: TestStepName,
  tried: Tried<T>,
  words: (value: T) => string,
  target: StoreTarget,
): TestStep {
  const durationMs = Math.round(tried.durationMs)
  if ('value' in tried) return { step, outcome: 'ok', durationMs, message: words(tried.value) }
  return { step, outcome: 'failed', durationMs, ...explain(tried.failure, target) }
}

/** A step that was not tried, and why. */
export function notTested(step: TestStepName, message: string): TestStep {
  return { step, outcome: 'not-tested', durationMs: 0, message }
}

/** Whether the store accepts the credential, which shows in its answer to the listing. */
export function credentialsStep(
  opened: Tried<unknown>,
  listed: Tried<unknown> | undefined,
  target: StoreTarget,
): TestStep {
  if ('failure' in opened || listed === undefined) return stepOf('credentials', opened, () => '', target)
  const durationMs = Math.round(opened.durationMs + listed.durationMs)
  const reason = reasonOf(listed)
  if (ABOUT_CREDENTIAL.has(reason)) return { ...stepOf('credentials', listed, () => '', target), durationMs }
  if (BEFORE_CREDENTIAL.has(reason) || ('failure' in listed && reason !== 'access-denied')) {
    return notTested('credentials', 'The store did not come to check them')
  }
  return { step: 'credentials', outcome: 'ok', durationMs, message: 'The store accepts the credential' }
}

/** Whether the bucket can be listed. */
export function listStep<T>(
  listed: Tried<T> | undefined,
  words: (value: T) => string,
  target: StoreTarget,
): TestStep {
  if (listed === undefined) return notTested('list', 'There is no credential to list with')
  if (ABOUT_CREDENTIAL.has(reasonOf(listed))) return notTested('list', 'The credential is not accepted')
  if (reasonOf(listed) === 'wrong-region') return notTested('list', 'The bucket is in another region')
  return stepOf('list', listed, words, target)
}

/** Compares the clocks; the store's header counts whole seconds. */
export function clockStep(date: string | undefined, now: Date): TestStep {
  const theirs = Date.parse(date ?? '')
  if (Number.isNaN(theirs)) return notTested('clock-skew', 'The store does not tell its time')
  const skewMs = now.getTime() - theirs
  const seconds = Math.abs(Math.trunc(skewMs / 1000))
  if (Math.abs(skewMs) < 2_000)
    return { step: 'clock-skew', outcome: 'ok', durationMs: 0, message: 'The clocks agree' }
  const message = `This server's clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} the store's`
  if (Math.abs(skewMs) <= MAX_SKEW_MS) return { step: 'clock-skew', outcome: 'ok', durationMs: 0, message }
  return {
    step: 'clock-skew',
    outcome: 'failed',
    durationMs: 0,
    message,
    remedy: 'Set the clock of this server (NTP).',
  }
}

/** Compares the region of the settings with what the store says, or with its having accepted the signature. */
export function regionStep(
  said: string | undefined,
  listed: Tried<unknown> | undefined,
  target: StoreTarget,
): TestStep {
  const actual = said ?? regionIn(listed)
  if (actual !== undefined && actual !== target.region) {
    const message = `The bucket is in ${actual}, the connection says ${target.region}`
    return {
      step: 'region',
      outcome: 'failed',
      durationMs: 0,
      message,
      remedy: `Set the region to ${actual}.`,
    }
  }
  if (reasonOf(listed) === 'wrong-region' && listed !== undefined)
    return stepOf('region', listed, () => '', target)
  if (actual !== undefined)
    return { step: 'region', outcome: 'ok', durationMs: 0, message: `The bucket is in ${actual}` }
  if (listed !== undefined && 'value' in listed) {
    return { step: 'region', outcome: 'ok', durationMs: 0, message: `The store accepts ${target.region}` }
  }
  return notTested('region', 'The store does not tell its region')
}

/** Words for who governs the connection: with the resource that a policy has to name, and the refused address. */
function explain(failure: Failure, target: StoreTarget): { message: string; remedy?: string } {
  const { facts, remedy, reason } = failure.details
  // A test waits two seconds in all: what ends with them is an answer that did not come.
  if (reason === 'deadline') {
    return { message: 'The store did not answer in time', remedy: 'Check the endpoint, or test again.' }
  }
  const { cause } = failure
  const message = cause instanceof EndpointRefused ? `${failure.message}: ${cause.message}` : failure.message
  const permission = facts?.permission
  if (typeof permission === 'string' && permission.startsWith('s3:')) {
    const objects = permission === 's3:ListBucket' ? '' : `/${target.root}*`
    const resource = `arn:aws:s3:::${target.bucket}${objects}`
    return { message, remedy: `Allow ${permission} on ${resource} in the policy of the key or role.` }
  }
  return remedy === undefined ? { message } : { message, remedy }
}

function regionIn(listed: Tried<unknown> | undefined): string | undefined {
  const region =
    listed !== undefined && 'failure' in listed ? listed.failure.details.facts?.region : undefined
  return typeof region === 'string' ? region : undefined
}

function reasonOf(tried: Tried<unknown> | undefined): string {
  return tried !== undefined && 'failure' in tried ? (tried.failure.details.reason ?? '') : ''
}

/** Runs one try and measures it; only failures count as outcomes, defects are thrown. */
export async function attempt<T>(run: () => Promise<T>): Promise<Tried<T>> {
  const from = performance.now()
  try {
    const value = await run()
    return { value, durationMs: performance.now() - from }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { failure: error, durationMs: performance.now() - from }
  }
}
