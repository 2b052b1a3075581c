import 'server-only'
import { makeDemoHour } from '#lib/domain/audit/demo/events'
import { DEMO_SOURCES, type DemoSource, demoHours } from '#lib/domain/audit/demo/rhythm'
import { formatBatchPath } from '#lib/domain/audit/object-key'
import { NODE_TYPES } from '#lib/domain/audit/vocabulary'
import { Failure } from '#lib/domain/errors'
import { EXTENSIONS, extensionKeys } from '#lib/domain/extensions/catalogue'
import { asSystem, type Context } from '../access/caller'
import { systemPermit } from '../access/with-permit'
import { markActive } from '../extensions/mark-active'
import { setUp } from '../extensions/set-up'
import { registerNode } from '../nodes/commands'
import { database } from '../platform/db/client'
import { newId } from '../platform/ids'
import type { ObjectStore } from '../platform/object-store/types'
import { checkPlatformConnection } from './check-platform-connection'
import { platformStore } from './platform-store'
import { packLines } from './seal-batch'

const WRITES_AT_ONCE = 24
const NAME_OF_NODE = (type: string) => `${type}-prod`

/**
 * Fills a space with the demo: five nodes, both extensions active, 30 days of events before `now`. The events stand in
 * the store only, so that they count in no figure of delivery. Safe to repeat: what is there already stays.
 * @returns how many events and objects there are, and null when an earlier run was complete
 */
export async function seedDemoEvents(
  spaceId: string,
  now: Date,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ events: number; objects: number } | null> {
  // The nodes come last: without them an earlier run was cut off.
  if (await hasNodes(spaceId)) return null
  const ctx = asSystem('seed-demo', spaceId, newId(), signal, now)
  for (const key of extensionKeys.options) {
    await setUp(ctx, EXTENSIONS[key], [...EXTENSIONS[key].defaultGroups])
    await markActive(ctx, key)
  }
  const written = await writeHours(platformStore(systemPermit('seed-demo', signal), spaceId), now)
  for (const key of extensionKeys.options) await checkPlatformConnection(ctx, EXTENSIONS[key].connectionName)
  for (const type of NODE_TYPES) await registerMissing(ctx, type)
  return written
}

async function hasNodes(spaceId: string): Promise<boolean> {
  const names = NODE_TYPES.map(NAME_OF_NODE)
  return (await database().node.count({ where: { spaceId, name: { in: names } } })) === names.length
}

async function registerMissing(ctx: Context, type: (typeof NODE_TYPES)[number]): Promise<void> {
  const name = NAME_OF_NODE(type)
  const { spaceId } = ctx.caller
  const known = await database().node.findUnique({ where: { spaceId_name: { spaceId, name } } })
  if (!known) await registerNode(ctx, { name, type })
}

async function writeHours(store: ObjectStore, now: Date): Promise<{ events: number; objects: number }> {
  const hours = demoHours(now).flatMap((hourMs) => DEMO_SOURCES.map((source) => ({ hourMs, source })))
  const total = { events: 0, objects: 0 }
  const next = hours.values()
  const write = async () => {
    for (const { hourMs, source } of next) {
      const events = await writeHour(store, source, hourMs, now)
      total.events += events
      total.objects += events > 0 ? 1 : 0
    }
  }
  await Promise.all(Array.from({ length: WRITES_AT_ONCE }, write))
  return total
}

async function writeHour(store: ObjectStore, source: DemoSource, hourMs: number, now: Date): Promise<number> {
  const made = makeDemoHour(source, hourMs, now.getTime())
  if (!made) return 0
  const { lines, batchId } = made
  const nodeType = source === 'queries' ? 'api' : source
  const stream = source === 'queries' ? 'apinode' : 'instance'
  const path = formatBatchPath({ stream, nodeType, hour: new Date(hourMs), batchId })
  try {
    await store.put({
      path,
      body: await packLines(lines),
      contentType: 'application/gzip',
      onlyIfAbsent: true,
    })
  } catch (error) {
    // An hour is always the same, so that what stands there is it.
    if (!(error instanceof Failure) || error.details.reason !== 'already-exists') throw error
  }
  return lines.length
}
