import 'server-only'
import type { PermissionState } from '#lib/domain/connections/permissions'
import type { Tx } from '../platform/db/client'
import { newId } from '../platform/ids'
import type { ConnectionRow } from './load-connection'

/** Who changes the lists, when and why: what every interval carries. */
export interface PermissionAct {
  actor: string
  reason: string | null
  at: Date
}

type GrantLine = {
  kind: 'use' | 'details'
  principal: 'everyone' | 'group' | 'user'
  groupId: string | null
  userId: string | null
  untilMs: number | null
}

/** The state that the intervals in force amount to. */
export function stateOf(row: ConnectionRow): PermissionState {
  const use = row.grants.filter((grant) => grant.kind === 'use')
  const details = row.grants.filter((grant) => grant.kind === 'details')
  const everyone = use.some((grant) => grant.principal === 'everyone')
  return {
    usableBy: everyone ? 'everyone' : 'selected',
    grants: use.flatMap(({ principal, groupId, userId, until }) =>
      principal === 'everyone'
        ? []
        : [{ principal, id: groupId ?? userId ?? '', until: until?.toISOString() ?? null }],
    ),
    detailsBy: details.some((grant) => grant.principal === 'everyone')
      ? 'everyone'
      : details.length > 0
        ? 'selected'
        : 'nobody',
    detailsGroups: details.flatMap(({ groupId }) => (groupId === null ? [] : [groupId])),
    readRequired: row.readRequired,
    hidden: row.hidden,
  }
}

/** Ends the intervals that the new state no longer holds and opens those it adds; the others go on untouched. */
export async function writeState(
  tx: Tx,
  row: ConnectionRow,
  state: PermissionState,
  act: PermissionAct,
): Promise<void> {
  const wanted = new Map(linesOf(state).map((line) => [lineKey(line), line]))
  const ended: string[] = []
  for (const grant of row.grants) {
    const key = lineKey({ ...grant, untilMs: grant.until?.getTime() ?? null })
    if (!wanted.delete(key)) ended.push(grant.id)
  }
  const { spaceId, id: connectionId } = row
  await tx.connectionGrant.updateMany({
    where: { spaceId, id: { in: ended } },
    data: { until: act.at, endedBy: act.actor, endedReason: act.reason },
  })
  await tx.connectionGrant.createMany({
    data: [...wanted.values()].map(({ untilMs, ...line }) => ({
      id: newId(),
      spaceId,
      connectionId,
      ...line,
      from: act.at,
      until: untilMs === null ? null : new Date(untilMs),
      actor: act.actor,
      reason: act.reason,
    })),
  })
  if (row.readRequired !== state.readRequired) await writeSwitch(tx, row, state.readRequired, act)
  if (row.hidden !== state.hidden)
    await tx.connection.update({ where: { id: connectionId }, data: { hidden: state.hidden } })
}

/** Ends the switch in force and opens its successor. */
export async function writeSwitch(
  tx: Tx,
  { spaceId, id: connectionId }: { spaceId: string; id: string },
  required: boolean,
  { at, actor, reason }: PermissionAct,
): Promise<void> {
  await tx.readSwitch.updateMany({ where: { spaceId, connectionId, until: null }, data: { until: at } })
  await tx.readSwitch.create({
    data: { id: newId(), spaceId, connectionId, required, from: at, actor, reason },
  })
}

function linesOf(state: PermissionState): GrantLine[] {
  const nobody = { groupId: null, userId: null, untilMs: null }
  const use: GrantLine[] =
    state.usableBy === 'everyone'
      ? [{ kind: 'use', principal: 'everyone', ...nobody }]
      : state.grants.map(({ principal, id, until }) => ({
          kind: 'use',
          principal,
          groupId: principal === 'group' ? id : null,
          userId: principal === 'user' ? id : null,
          untilMs: until === null ? null : new Date(until).getTime(),
        }))
  if (state.detailsBy === 'everyone') return [...use, { kind: 'details', principal: 'everyone', ...nobody }]
  if (state.detailsBy === 'nobody') return use
  const groups = state.detailsGroups.map(
    (groupId): GrantLine => ({ ...nobody, kind: 'details', principal: 'group', groupId }),
  )
  return [...use, ...groups]
}

const lineKey = ({ kind, principal, groupId, userId, untilMs }: GrantLine) =>
  [kind, principal, groupId, userId, untilMs].join('|')
