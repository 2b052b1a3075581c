import 'server-only'
import { forgetOldWindows } from '../access/rate-limit'
import { forgetReadSessions } from '../datasets/streaming/read-sessions'
import { inTransaction } from '../platform/db/transaction'
import { beat } from './beat'
import { checkConnections, forgetConnectionTests } from './check-connections'
import { deliverEvents } from './deliver-events'
import { forgetJobs } from './forget-jobs'
import type { Loop } from './loop'
import { recoverJobs } from './recover-jobs'

/** Everything a worker does again and again. A new loop is a line here. */
export const loops: Loop[] = [
  beat,
  deliverEvents,
  checkConnections,
  forgetConnectionTests,
  { name: 'recover-jobs', everyMs: 10_000, run: recoverJobs },
  { name: 'forget-jobs', everyMs: 3_600_000, run: forgetJobs },
  { name: 'forget-read-sessions', everyMs: 3_600_000, run: () => inTransaction(forgetReadSessions) },
  { name: 'forget-rate-windows', everyMs: 3_600_000, run: () => inTransaction(forgetOldWindows) },
]
