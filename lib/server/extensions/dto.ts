import 'server-only'
import { SPACE_ADMINISTRATORS, type Subject } from '#lib/domain/access/subject'
import { decideActivate, entitlementRefusal } from '#lib/domain/extensions/policy'
import { activationSteps, failStep, firstSteps } from '#lib/domain/extensions/steps'
import type { Extension } from '#lib/domain/extensions/wire'
import { jobError } from '#lib/domain/progress/wire'
import type { AuthorizedTx } from '../access/authorize'
import { currentAt } from '../access/current'
import { loadConnection } from '../connections/load-connection'
import { addFigures, readDeliveryFigures } from './delivery-figures'
import type { ExtensionRow } from './extension-kind'

/** An extension with its figures, its steps and what the caller may do with it. */
export async function toExtension(
  tx: AuthorizedTx,
  row: ExtensionRow,
  subject: Subject,
  at: Date,
): Promise<Extension> {
  const { spaceId, facts, stored, state, entitlement } = row
  const groups = await countGroups(tx, spaceId, at)
  const figures = await readDeliveryFigures(tx, spaceId, facts.stream, stored?.deliverAfter ?? null, at)
  const connection = await loadConnection(tx, spaceId, { name: facts.connectionName })
  const idle = state === 'available' || state === 'inactive' || state === 'failed'
  const exists = connection?.managedBy === facts.key
  const mayActivate = idle && decideActivate(subject, facts, entitlement).allowed
  const { isAdministrator } = subject
  const underWay = state === 'activating' || state === 'deactivating'
  return {
    ...toExtensionState(row, at),
    description: facts.description,
    creates: [...facts.creates],
    steps: activationOf(row, at).steps,
    deliverFrom: stored ? (stored.deliverFrom as 'beginning' | 'now') : null,
    changedBy: stored?.changedBy ?? null,
    reason: stored?.reason ?? null,
    jobId: underWay ? (stored?.jobId ?? null) : null,
    connection: { name: facts.connectionName, exists },
    groupChoice: facts.groupsAreChosen && !exists ? { groups: choiceOf(row, groups) } : null,
    defaultPeople: await countPeople(tx, spaceId, facts.defaultGroups, at),
    delivery: addFigures(figures),
    wasActive: stored?.activatedAt != null,
    refusal: idle ? entitlementRefusal(facts, entitlement) : null,
    canActivate: mayActivate && state !== 'failed',
    canRetry: mayActivate && state === 'failed',
    canCancel: isAdministrator && underWay,
    canDeactivate: isAdministrator && state === 'active',
  }
}

/** The state of an extension in short, without its figures. */
export function toExtensionState(row: ExtensionRow, at: Date) {
  const { facts, stored, state } = row
  return {
    key: facts.key,
    title: facts.title,
    state,
    activeSince: state === 'active' || state === 'deactivating' ? iso(stored?.activatedAt) : null,
    changedAt: iso(stored?.changedAt),
    error: activationOf(row, at).error,
  }
}

/** Steps and error; an activation that was cut off before it could say so shows what its job says. */
function activationOf({ stored, job, state }: ExtensionRow, at: Date): Pick<Extension, 'steps' | 'error'> {
  const steps = stored ? activationSteps.parse(stored.steps) : []
  if (stored?.state === 'failed') return { steps, error: jobError.parse(stored.error) }
  const cutOff =
    (stored?.state === 'activating' || stored?.state === 'deactivating') && stored.state !== state
  if (!cutOff) return { steps, error: null }
  const error = job?.error ? jobError.parse(job.error) : CANCELED
  if (stored.state === 'deactivating') return { steps, error }
  return {
    steps: failStep(steps.length > 0 ? steps : firstSteps(), job?.finishedAt ?? at, error.message),
    error,
  }
}

export const CANCELED = { code: 'conflict', reason: 'canceled', message: 'Canceled before it was done.' }

type GroupCount = { name: string; people: number }

async function countGroups(tx: AuthorizedTx, spaceId: string, at: Date): Promise<GroupCount[]> {
  const groups = await tx.group.findMany({
    where: { spaceId, deletedAt: null },
    orderBy: { name: 'asc' },
    select: {
      name: true,
      _count: { select: { memberships: { where: { ...currentAt(at), userId: { not: null } } } } },
    },
  })
  return groups.map(({ name, _count }) => ({ name, people: _count.memberships }))
}

function choiceOf({ facts }: ExtensionRow, groups: GroupCount[]) {
  const own = facts.group
  const coming = own && !groups.some(({ name }) => name === own.name) ? [{ name: own.name, people: 0 }] : []
  return [...groups, ...coming].map((group) => ({
    ...group,
    fixed: group.name === SPACE_ADMINISTRATORS,
    preset: facts.defaultGroups.includes(group.name),
  }))
}

const countPeople = (
  tx: AuthorizedTx,
  spaceId: string,
  groupNames: readonly string[],
  at: Date,
): Promise<number> =>
  tx.user.count({
    where: {
      spaceId,
      disabledAt: null,
      memberships: { some: { ...currentAt(at), group: { name: { in: [...groupNames] } } } },
    },
  })

const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null
