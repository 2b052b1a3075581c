import 'server-only'
import { deliverDue } from '../audit/deliver-due'
import type { Loop } from './loop'

/** Brings waiting events to the store, every two seconds, in every worker. */
export const deliverEvents: Loop = { name: 'deliver-events', everyMs: 2_000, run: deliverDue }
