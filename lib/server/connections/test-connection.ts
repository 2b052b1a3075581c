import 'server-only'
import type { z } from 'zod'
import { type OwnParams, voidsSecret } from '#lib/domain/connections/params'
import {
  completeSteps,
  summarizeTest,
  type TestResult,
  type TestStep,
  type TestStepName,
} from '#lib/domain/connections/test-result'
import type { connectionTestRequest, draftTestRequest } from '#lib/domain/connections/wire'
import { Failure } from '#lib/domain/errors'
import type { Context } from '../access/caller'
import { withPermit } from '../access/with-permit'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { newId } from '../platform/ids'
import { openStore } from '../platform/object-store/open-store'
import type { StoreTarget } from '../platform/object-store/types'
import type { Permit } from '../platform/permit'
import { openSecret } from '../platform/secrets'
import { checkSettings } from './commands'
import { connectionKind, connectionsKind } from './connection-kind'
import { endpointPolicy } from './endpoint-policy'
import type { ConnectionRow } from './load-connection'
import { draftTargetOf, readParams, secretPlace, storeTargetOf } from './store-target'

/** The steps share 2 s; what hangs beyond is cut. */
const DEADLINE_MS = 5_000

type TestRequest = z.output<typeof connectionTestRequest>

/**
 * Tests a connection step by step, with settings that are not saved where a draft says so. Only a test of what is saved
 * is kept as the connection's last one. What the store refuses is a failed step and throws nothing.
 */
export function testConnection(ctx: Context, name: string, request: TestRequest): Promise<TestResult> {
  const details = { saved: request.draft === undefined, write: request.write }
  return withPermit(
    ctx,
    connectionKind,
    'test',
    { name },
    { deadlineMs: DEADLINE_MS, details },
    async ({ row }) => ({ row, open: () => targetOf(row, request) }),
    async (permit, { row, open }) => {
      const write = request.write && row.managedBy === null
      const result = await tryTarget(permit, open, write, request.draft ? 'draft' : 'person')
      if (request.draft === undefined) await keepTest(row, result)
      return result
    },
  )
}

/** Tests the form of a connection that does not exist yet. */
export function testDraft(ctx: Context, request: z.output<typeof draftTestRequest>): Promise<TestResult> {
  return withPermit(
    ctx,
    connectionsKind,
    'test-draft',
    null,
    { deadlineMs: DEADLINE_MS, details: { saved: false, write: request.write } },
    async ({ subject }) => subject.spaceId,
    async (permit, spaceId) => {
      const { secret } = request
      const params = withBucket(checkSettings(request.params), request.bucket)
      const place = { spaceId, name: 'This connection' }
      const open = () => draftTargetOf(place, params, secret === undefined ? undefined : () => secret)
      return tryTarget(permit, open, request.write, 'draft')
    },
  )
}

/** The repeated check of health: lists and reads only, as the system. */
export function checkConnection(
  ctx: Context,
  id: string,
  trigger: 'schedule' | 'activation',
): Promise<TestResult> {
  return withPermit(
    ctx,
    connectionKind,
    'check',
    { id },
    { deadlineMs: DEADLINE_MS },
    async ({ row }) => row,
    async (permit, row) => {
      const result = await tryTarget(permit, () => storeTargetOf(row), false, trigger)
      await keepTest(row, result)
      return result
    },
  )
}

/** The target to try: what is saved, or the draft with the stored secret unless the draft voids it. */
function targetOf(row: ConnectionRow, { draft, bucket }: TestRequest): StoreTarget {
  if (!draft) return storeTargetOf(row, bucket)
  const stored = readParams(row)
  if (stored.store === 'platform') return storeTargetOf(row)
  const params = withBucket(checkSettings(draft.params), bucket)
  return draftTargetOf(row, params, draftSecret(row, stored, params, draft.secret))
}

function draftSecret(row: ConnectionRow, stored: OwnParams, params: OwnParams, typed: string | undefined) {
  if (typed !== undefined) return () => typed
  const { secret } = row
  if (secret === null || voidsSecret(stored, params)) return undefined
  return () => openSecret(secret, secretPlace(row.id))
}

const withBucket = (params: OwnParams, bucket: string | undefined): OwnParams =>
  params.bucket === '' && bucket ? { ...params, defaultBucket: bucket } : params

async function tryTarget(
  permit: Permit,
  open: () => StoreTarget,
  write: boolean,
  trigger: TestResult['trigger'],
): Promise<TestResult> {
  const at = now()
  const startedMs = performance.now()
  const steps = completeSteps(await stepsOf(permit, open, write))
  const durationMs = Math.round(performance.now() - startedMs)
  return { at: at.toISOString(), trigger, durationMs, steps, ...summarizeTest(steps) }
}

async function stepsOf(permit: Permit, open: () => StoreTarget, write: boolean): Promise<TestStep[]> {
  try {
    const target = open()
    const writeBelow = write ? { writeBelow: target.allowedPrefixes[0] ?? '/' } : {}
    return await openStore(permit, target, endpointPolicy()).testConnection(writeBelow)
  } catch (error) {
    // A wrong field of the form is told at the field, not as a step.
    if (!(error instanceof Failure) || permit.signal.aborted) throw error
    const step = STEP_OF_REASON[error.details.reason ?? '']
    if (step === undefined) throw error
    const { remedy } = error.details
    return [{ step, outcome: 'failed', durationMs: 0, message: error.message, ...(remedy ? { remedy } : {}) }]
  }
}

/** What is already known before the first request stands as the step it would have failed. */
const STEP_OF_REASON: Record<string, TestStepName> = {
  'secret-missing': 'credentials',
  'secret-unreadable': 'credentials',
  'environment-not-allowed': 'credentials',
  'endpoint-not-allowed': 'reachable',
  'bucket-missing': 'list',
}

async function keepTest(row: ConnectionRow, result: TestResult): Promise<void> {
  const { trigger, ok, message, steps } = result
  await database().connectionTest.create({
    data: {
      id: newId(),
      spaceId: row.spaceId,
      connectionId: row.id,
      at: new Date(result.at),
      trigger,
      ok,
      message,
      steps: steps.map(({ remedy, ...step }) => (remedy === undefined ? step : { ...step, remedy })),
    },
  })
}
