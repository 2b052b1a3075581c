import 'server-only'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { newId } from '../platform/ids'
import type { Loop } from './loop'

/** Those not heard of for a day are forgotten. */
const FORGOTTEN_MS = 86_400_000

const id = newId()
const startedAt = now()

/** Says that this worker lives; `/api/health` looks at the latest word. */
export const beat: Loop = {
  name: 'beat',
  everyMs: 5_000,
  run: async () => {
    const beatAt = now()
    await database().workerHeartbeat.upsert({
      where: { id },
      create: { id, startedAt, beatAt },
      update: { beatAt },
    })
    const before = new Date(beatAt.getTime() - FORGOTTEN_MS)
    await database().workerHeartbeat.deleteMany({ where: { beatAt: { lt: before } } })
  },
}
