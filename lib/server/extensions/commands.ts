import 'server-only'
import type { z } from 'zod'
import { SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import { Failure } from '#lib/domain/errors'
import type { ExtensionFacts } from '#lib/domain/extensions/catalogue'
import {
  ACTIVATE_EXTENSION,
  activateExtensionPayload,
  DEACTIVATE_EXTENSION,
} from '#lib/domain/extensions/jobs'
import { beginStep, firstSteps } from '#lib/domain/extensions/steps'
import type { activation, deactivation, Extension } from '#lib/domain/extensions/wire'
import { type Audited, changed, unchanged, writeAs } from '../access/act'
import type { Authorized, AuthorizedTx } from '../access/authorize'
import type { Context } from '../access/caller'
import { enqueueJob } from '../access/enqueue-job'
import type { EventSpec } from '../access/record-event'
import { loadConnection } from '../connections/load-connection'
import { Prisma } from '../platform/db/generated/client'
import { newId } from '../platform/ids'
import { toExtension } from './dto'
import { type ExtensionRow, extensionKind, loadExtension } from './extension-kind'

/**
 * Starts an activation, or tries a failed one again. Asked twice, by one or by two administrators, there is one.
 * @throws Failure `forbidden` where the entitlement does not have it; `conflict` while it is being deactivated
 */
export function activateExtension(
  ctx: Context,
  key: string,
  request: z.output<typeof activation>,
): Promise<Extension> {
  return writeAs(ctx, extensionKind, 'activate', { key }, async (authorized) => {
    const { tx, subject, at } = authorized
    const row = await lockExtension(authorized)
    if (row.state === 'activating' || row.state === 'active') {
      return unchanged(await toExtension(tx, row, subject, at))
    }
    if (row.state === 'deactivating') throw stillDeactivating(row.facts.title)
    const usableByGroups = await chooseGroups(tx, row, request.usableByGroups)
    const { jobId } = await enqueueJob(tx, ctx, {
      kind: ACTIVATE_EXTENSION,
      payload: { key, usableByGroups },
      objectType: 'extension',
      objectId: key,
      exclusiveKey: exclusiveKey(key),
      message: `Activating ${row.facts.title}`,
    })
    const { deliverFrom } = request
    const bounds = await boundsOf(tx, row, deliverFrom, at)
    const steps = beginStep(firstSteps(), 'connection-created', at) as unknown as Prisma.InputJsonArray
    const data = {
      state: 'activating',
      deliverFrom,
      ...bounds,
      steps,
      error: Prisma.JsonNull,
      jobId,
      changedBy: subject.name,
      changedAt: at,
      reason: null,
    }
    const { spaceId } = row
    await tx.extension.upsert({
      where: { spaceId_key: { spaceId, key } },
      create: { id: newId(), spaceId, key, ...data },
      update: { ...data, version: { increment: 1 } },
    })
    const declined = await countDeclined(tx, row, bounds.deliverAfter)
    const fields = { deliverFrom, declinedEvents: declined, usableByGroups }
    return told(authorized, row.facts, {
      msgType: 'extension-activate',
      before: { state: row.state },
      after: { state: 'activating' },
      fields,
    })
  })
}

/** Starts a deactivation: what is recorded up to its own event is delivered first. */
export function deactivateExtension(
  ctx: Context,
  key: string,
  { reason, connection }: z.output<typeof deactivation>,
): Promise<Extension> {
  return writeAs(ctx, extensionKind, 'deactivate', { key }, async (authorized) => {
    const { tx, subject, at } = authorized
    const row = await lockExtension(authorized)
    if (row.state === 'deactivating') return unchanged(await toExtension(tx, row, subject, at))
    if (row.state !== 'active') throw notActive(row.facts.title)
    const { jobId } = await enqueueJob(tx, ctx, {
      kind: DEACTIVATE_EXTENSION,
      payload: { key, reason, removeConnection: connection === 'remove' },
      objectType: 'extension',
      objectId: key,
      exclusiveKey: exclusiveKey(key),
      message: `Deactivating ${row.facts.title}`,
    })
    await tx.extension.update({
      where: { spaceId_key: { spaceId: row.spaceId, key } },
      data: {
        state: 'deactivating',
        jobId,
        reason,
        error: Prisma.JsonNull,
        changedBy: subject.name,
        changedAt: at,
        version: { increment: 1 },
      },
    })
    return told(authorized, row.facts, {
      msgType: 'extension-deactivate',
      before: { state: 'active' },
      after: { state: 'deactivating' },
      fields: { reason, connection },
    })
  })
}

/** Two administrators meet here; the second sees what the first did. */
async function lockExtension({ tx, row }: Authorized<ExtensionRow>): Promise<ExtensionRow> {
  const { spaceId, facts } = row
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${spaceId}|extension|${facts.key}`}, 3))`
  return (await loadExtension(tx, spaceId, { key: facts.key })) ?? row
}

/** Events of a stream of its own also hold what became of the extension; without them its first object would be empty. */
async function told(
  { tx, subject, at }: Authorized<ExtensionRow>,
  facts: ExtensionFacts,
  spec: EventSpec,
): Promise<Audited<Extension>> {
  const event = { ...spec, objectType: 'extension', objectId: facts.key }
  const row = await loadExtension(tx, subject.spaceId, { key: facts.key })
  if (!row) throw new Error(`the extension ${facts.key} vanished while it was changed`)
  const value = await toExtension(tx, row, subject, at)
  return facts.stream === 'instance'
    ? changed(value, event)
    : changed(value, event, { ...event, stream: facts.stream })
}

interface Bounds {
  deliverSince: Date | null
  deliverAfter: bigint | null
}

/**
 * From where it delivers: a number that the events of this very act come after, since clocks differ and are set back.
 * What was declined once stays declined; "now" tried again is the now of the first try.
 */
async function boundsOf(
  tx: AuthorizedTx,
  { stored, state }: ExtensionRow,
  deliverFrom: 'beginning' | 'now',
  at: Date,
): Promise<Bounds> {
  const earlier = { deliverSince: stored?.deliverSince ?? null, deliverAfter: stored?.deliverAfter ?? null }
  const isRetry = state === 'failed' && stored?.deliverFrom === 'now'
  if (deliverFrom === 'now') return isRetry ? earlier : { deliverSince: at, deliverAfter: await nextSeq(tx) }
  return stored?.activatedAt ? earlier : { deliverSince: null, deliverAfter: null }
}

async function nextSeq(tx: AuthorizedTx): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT nextval(pg_get_serial_sequence('audit_event', 'seq')) AS seq`
  if (!row) throw new Error('the sequence of events gave no number')
  return row.seq
}

async function countDeclined(
  tx: AuthorizedTx,
  { spaceId, facts, stored }: ExtensionRow,
  after: bigint | null,
) {
  if (after === null) return 0
  const from = stored?.deliverAfter ?? 0n
  return tx.auditEvent.count({
    where: { spaceId, stream: facts.stream, batchId: null, seq: { gt: from, lte: after } },
  })
}

async function chooseGroups(tx: AuthorizedTx, row: ExtensionRow, names: string[] | undefined) {
  const { spaceId, facts } = row
  if (names === undefined) return earlierChoice(row) ?? [...facts.defaultGroups]
  const connection = await loadConnection(tx, spaceId, { name: facts.connectionName })
  if (!facts.groupsAreChosen || connection?.managedBy === facts.key) throw notChosen(facts.title)
  const known = await tx.group.findMany({
    where: { spaceId, name: { in: names }, deletedAt: null },
    select: { name: true },
  })
  const all = new Set([...known.map(({ name }) => name), ...(facts.group ? [facts.group.name] : [])])
  const unknown = names.filter((name) => !all.has(name))
  if (unknown.length > 0) throw unknownGroups(unknown)
  // They govern it, and cannot be taken off a managed connection.
  return [...new Set([SPACE_ADMINISTRATORS, ...names])]
}

/** Who may use the connection was said at Confirm; trying again asks nothing and forgets nothing. */
function earlierChoice({ state, job }: ExtensionRow): string[] | null {
  if (state !== 'failed' || job?.kind !== ACTIVATE_EXTENSION) return null
  return activateExtensionPayload.parse(job.payload).usableByGroups
}

const exclusiveKey = (key: string) => `extension/${key}`

const stillDeactivating = (title: string) =>
  new Failure('conflict', `${title} is being deactivated.`, {
    reason: 'deactivating',
    where: title,
    remedy: 'Wait until it is done, or cancel the deactivation.',
  })

const notActive = (title: string) =>
  new Failure('conflict', `${title} is not active.`, { reason: 'not-active', where: title })

const notChosen = (title: string) =>
  new Failure('validation_failed', `Who may use the connection of ${title} is changed once it is there.`, {
    reason: 'groups-not-chosen',
    where: title,
    remedy: 'Activate it, then open Permissions of its connection.',
  })

const unknownGroups = (names: string[]) =>
  new Failure('validation_failed', `There is no group named ${names.join(', ')}.`, {
    reason: 'unknown-group',
    issues: [{ reason: 'unknown-group', message: 'This group does not exist.', path: ['usableByGroups'] }],
  })
