import * as z from 'zod'
import { jobError } from '../progress/wire'
import { extensionKeys } from './catalogue'
import { activationSteps } from './steps'

export const DELIVER_FROM = ['beginning', 'now'] as const

/** How delivery stands; an unknown number is null, never 0. */
export const deliveryFigures = z.object({
  eventsToday: z.number().int(),
  objectsToday: z.number().int(),
  /** Recorded and not delivered yet. */
  waiting: z.number().int(),
  /** When the oldest of them was received. */
  waitingSince: z.iso.datetime().nullable(),
  lastObjectAt: z.iso.datetime().nullable(),
  /** Over the events of the last hour; null when none was delivered. */
  lagP99Ms: z.number().int().nullable(),
  lastError: z.string().nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
})
export type DeliveryFigures = z.infer<typeof deliveryFigures>

export const extension = z.object({
  key: extensionKeys,
  title: z.string(),
  description: z.string(),
  creates: z.array(
    z.object({ label: z.string(), value: z.string(), quoted: z.boolean(), note: z.string().nullable() }),
  ),
  state: z.enum(['available', 'activating', 'active', 'failed', 'deactivating', 'inactive']),
  /** Of the last activation; empty before the first. */
  steps: activationSteps,
  error: jobError.nullable(),
  /** What the last activation chose. */
  deliverFrom: z.enum(DELIVER_FROM).nullable(),
  activeSince: z.iso.datetime().nullable(),
  changedBy: z.string().nullable(),
  changedAt: z.iso.datetime().nullable(),
  /** Why it was deactivated. */
  reason: z.string().nullable(),
  /** The activation or deactivation under way, to cancel it. */
  jobId: z.string().nullable(),
  connection: z.object({ name: z.string(), exists: z.boolean() }),
  /** Groups that may be chosen at Confirm; null where there is no choice, or the connection was kept with its own. */
  groupChoice: z
    .object({
      groups: z.array(
        z.object({ name: z.string(), people: z.number().int(), fixed: z.boolean(), preset: z.boolean() }),
      ),
    })
    .nullable(),
  /** People who may use the connection under the default. */
  defaultPeople: z.number().int(),
  /** Kept since the first start, or since the last delivery: what "the beginning" would deliver. */
  delivery: deliveryFigures,
  /** Activated before: then "now" leaves out what waits, and that is told. */
  wasActive: z.boolean(),
  /** Why it cannot be activated, in a sentence. */
  refusal: z.string().nullable(),
  canActivate: z.boolean(),
  canRetry: z.boolean(),
  canCancel: z.boolean(),
  canDeactivate: z.boolean(),
})
export type Extension = z.infer<typeof extension>

export const extensionList = z.object({ extensions: z.array(extension) })
export type ExtensionList = z.infer<typeof extensionList>

export const activation = z.strictObject({
  deliverFrom: z.enum(DELIVER_FROM).default('beginning'),
  /** Names of groups; only where the extension lets them be chosen. */
  usableByGroups: z.array(z.string().min(1).max(100)).max(100).optional(),
})
export type Activation = z.input<typeof activation>

export const deactivation = z.strictObject({
  reason: z.string().trim().min(1, 'Say why: it is kept with the event.').max(500),
  connection: z.enum(['keep', 'remove']).default('keep'),
})
export type Deactivation = z.input<typeof deactivation>
