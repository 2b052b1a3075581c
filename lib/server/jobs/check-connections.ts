import 'server-only'
import { asSystem } from '../access/caller'
import { forgetOldTests, takeDueConnections } from '../connections/due-connections'
import { checkConnection } from '../connections/test-connection'
import { now } from '../platform/clock'
import { newId } from '../platform/ids'
import { logger } from '../platform/logger'
import type { Loop } from './loop'

const AT_ONCE = 4

/** Looks every few seconds whose last test is five minutes old, and tests it: lists and reads only. */
export const checkConnections: Loop = { name: 'check-connections', everyMs: 10_000, run }

export const forgetConnectionTests: Loop = {
  name: 'forget-connection-tests',
  everyMs: 3_600_000,
  run: forgetOldTests,
}

async function run(signal: AbortSignal): Promise<void> {
  const due = await takeDueConnections()
  const next = due.values()
  await Promise.all(Array.from({ length: AT_ONCE }, () => drain(next, signal)))
}

async function drain(due: Iterable<{ id: string; spaceId: string }>, signal: AbortSignal): Promise<void> {
  for (const { id, spaceId } of due) {
    if (signal.aborted) return
    try {
      await checkConnection(asSystem('check-connections', spaceId, newId(), signal, now()), id, 'schedule')
    } catch (err) {
      if (!signal.aborted) logger.warn({ err, connectionId: id }, 'a connection could not be checked')
    }
  }
}
