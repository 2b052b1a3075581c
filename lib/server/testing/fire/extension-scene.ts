import 'server-only'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { ExtensionKey } from '#lib/domain/extensions/catalogue'
import { activateExtension } from '../../extensions/commands'
import { getExtension } from '../../extensions/queries'
import { runJob } from '../../jobs/run-job'
import { moveClock } from '../../platform/clock'
import { config } from '../../platform/config'
import { database } from '../../platform/db/client'
import { closeQueue } from '../../platform/queue'
import { freshDatabase } from '../database'
import { makeQueue, makeScene, readObjects, type Scene } from './scene'

export const EAGER = { spacingMs: 0, leaseMs: 5_000 }
export const FROM_BEGINNING = { deliverFrom: 'beginning' } as const

/** The keys to the platform's store, which a test may spoil for as long as it runs. */
const storeKeys = () => config().store as { writer: { accessKeyId: string }; reader: { accessKeyId: string } }

/**
 * Gives the tests of a file a database and a queue, and each of them two spaces, `scene` and `other`. Afterwards the store's
 * keys, the entitlement and the clock are as they were.
 */
export function setUpExtensions() {
  const signal = new AbortController().signal
  const at = {
    scene: {} as Scene,
    other: {} as Scene,
    known: { writer: '', reader: '' },
    get keys() {
      return storeKeys()
    },
    signal,
    stored: (key: ExtensionKey) =>
      database().extension.findUniqueOrThrow({ where: { spaceId_key: { spaceId: at.scene.spaceId, key } } }),
    runOwnJob: async (key: ExtensionKey) => runJob((await at.stored(key)).jobId ?? '', signal),
    activate: async (
      key: ExtensionKey,
      request: Parameters<typeof activateExtension>[2] = FROM_BEGINNING,
    ) => {
      await activateExtension(at.scene.admin, key, request)
      await at.runOwnJob(key)
      return getExtension(at.scene.admin, key)
    },
    /** Kinds of the events that were delivered below a prefix of the bucket. */
    deliveredTypes: async (prefix: string) =>
      (await readObjects(prefix)).flatMap(({ lines }) =>
        lines.map((line) => JSON.parse(line).message.msgType as string),
      ),
    /** The events of `scene`, oldest first: `"extension-activate instance success"`. */
    eventTypes: async () => {
      const where = { spaceId: at.scene.spaceId }
      const events = await database().auditEvent.findMany({ where, orderBy: { seq: 'asc' } })
      return events.map(({ msgType, stream, outcome }) => `${msgType} ${stream} ${outcome}`)
    },
  }
  let drop: () => Promise<void>
  beforeAll(async () => {
    drop = await freshDatabase()
    await makeQueue()
    at.known = { writer: at.keys.writer.accessKeyId, reader: at.keys.reader.accessKeyId }
  })
  afterAll(async () => {
    await closeQueue()
    await drop()
  })
  beforeEach(async () => {
    at.scene = await makeScene()
    at.other = await makeScene()
  })
  afterEach(() => {
    at.keys.writer.accessKeyId = at.known.writer
    at.keys.reader.accessKeyId = at.known.reader
    Object.assign(config(), { entitlement: 'customer' })
    moveClock(0)
  })
  return at
}
