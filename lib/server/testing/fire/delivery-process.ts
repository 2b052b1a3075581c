import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { deliverDue } from '../../audit/deliver-due'

/** A worker that does nothing but deliver, eagerly; it lives until it is killed. */
const PACE = { spacingMs: 0, leaseMs: 500 }
const { signal } = new AbortController()

process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
while (true) {
  await deliverDue(signal, PACE).catch((error: unknown) => console.error(error))
  await sleep(20)
}
