import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import { CONNECTION_TYPE } from '#lib/domain/connections/params'
import { mayAudit, mayGovern, mayReadDetails, mayUse } from '#lib/domain/connections/policy'
import { type TestResult, testResult } from '#lib/domain/connections/test-result'
import type { ConnectionDetails, ConnectionHealth, ConnectionItem } from '#lib/domain/connections/wire'
import { config } from '../platform/config'
import type { ConnectionTest } from '../platform/db/generated/client'
import type { ConnectionRow } from './load-connection'
import { externalIdOf, readParams } from './store-target'

const NAMED = 5

/** What managing extensions are called on pages. */
const EXTENSION_LABEL: Record<string, string> = { 'dku-audit-log': 'dku-audit-log', 'api-node': 'API node' }

/** The name of an extension as people read it; its key where it has none. */
export const extensionLabel = (key: string): string => EXTENSION_LABEL[key] ?? key

export type LastTest = Pick<ConnectionTest, 'at' | 'ok' | 'message' | 'trigger' | 'steps'> | null

/** A connection as one person's list shows it: a locked one is a name, a type and whom to ask. */
export function toItem(
  row: ConnectionRow,
  lastTest: LastTest,
  userNames: ReadonlyMap<string, string>,
  subject: Subject,
  at: Date,
): ConnectionItem {
  const canUse = mayUse(subject, row, at)
  const canGovern = mayGovern(subject)
  const canReadDetails = mayReadDetails(subject, row, at)
  const locked = !canUse && !canReadDetails
  const details = canReadDetails ? toDetails(row) : null
  return {
    name: row.name,
    type: CONNECTION_TYPE,
    description: locked ? '' : row.description,
    managedBy: row.managedBy === null ? null : { key: row.managedBy, label: extensionLabel(row.managedBy) },
    locked,
    hidden: row.hidden,
    usableBy: locked ? null : toUsableBy(row, userNames),
    health: locked ? null : toHealth(lastTest),
    bucket: details?.bucket ?? null,
    region: details?.region ?? null,
    freeBucket: !locked && isFreeBucket(row),
    abilities: {
      canUse,
      canGovern,
      canAudit: mayAudit(subject),
      canReadDetails,
      canEditSettings: canGovern && row.managedBy === null,
      canRemove: canGovern && row.managedBy === null,
    },
  }
}

function isFreeBucket({ params }: ConnectionRow): boolean {
  return typeof params === 'object' && params !== null && 'bucket' in params && params.bucket === ''
}

type UsableBy = NonNullable<ConnectionItem['usableBy']>

function toUsableBy(row: ConnectionRow, userNames: ReadonlyMap<string, string>): UsableBy {
  const use = row.grants.filter((grant) => grant.kind === 'use')
  const names = use.flatMap(({ groupName, userId }): UsableBy['names'] => {
    if (groupName !== null) return [{ principal: 'group', name: groupName }]
    const name = userId === null ? undefined : userNames.get(userId)
    return name === undefined ? [] : [{ principal: 'user', name }]
  })
  return {
    everyone: use.some((grant) => grant.principal === 'everyone'),
    names: names.slice(0, NAMED),
    more: Math.max(0, names.length - NAMED),
  }
}

function toHealth(test: LastTest): ConnectionHealth {
  if (!test) return { state: 'untested', message: 'Not tested yet', at: null }
  return { state: test.ok ? 'healthy' : 'failing', message: test.message, at: test.at.toISOString() }
}

/** The newest test with its steps; these name bucket and endpoint. */
export function toTestResult(test: LastTest): TestResult | null {
  if (!test) return null
  const steps = testResult.shape.steps.parse(test.steps)
  return {
    at: test.at.toISOString(),
    trigger: test.trigger as TestResult['trigger'],
    ok: test.ok,
    message: test.message,
    durationMs: steps.reduce((sum, step) => sum + step.durationMs, 0),
    steps,
  }
}

/** Settings without the secret: of it, only whether and when it was set. */
export function toDetails(row: ConnectionRow): ConnectionDetails {
  const params = readParams(row)
  if (params.store === 'platform') {
    const { endpoint, region, bucket } = config().store
    const { allowedPrefixes } = params
    return {
      store: 'platform',
      endpoint: endpoint ?? '',
      region,
      bucket,
      root: `/${row.spaceId}/`,
      allowedPrefixes,
    }
  }
  return { ...params, secretSet: row.secret !== null, externalId: externalIdOf(row.spaceId) }
}
