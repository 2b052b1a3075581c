import * as z from 'zod'
import { connectionHealth } from '../connections/wire'
import { deliveryFigures, extension } from '../extensions/wire'

/** Delivery of one node type, or of the queries of API nodes. An unknown number is null, never 0. */
export const deliveryRow = z.object({
  stream: z.enum(['instance', 'apinode']),
  /** `"design"`; for the queries of API nodes `"API node queries"`. */
  label: z.string(),
  /** `off`: the extension is not active, events are kept. `idle`: nothing was ever delivered, and nothing waits. */
  state: z.enum(['delivering', 'waiting', 'idle', 'off']),
  lastObjectAt: z.iso.datetime().nullable(),
  /** Of the newest object. */
  lagMs: z.number().int().nullable(),
  /** Null while events are kept rather than delivered. */
  waiting: z.number().int().nullable(),
  /** Recorded while the extension is not active; activation delivers them. */
  kept: z.number().int().nullable(),
  /** Null when nothing was ever delivered. */
  eventsToday: z.number().int().nullable(),
  /** Events per UTC hour of receipt, oldest first; null when nothing was ever delivered. */
  last24Hours: z.array(z.number().int()).length(24).nullable(),
})
export type DeliveryRow = z.infer<typeof deliveryRow>

/** What is not delivered although it should be: "Not delivered since 14:02 UTC · 1,204 events waiting". */
export const deliveryTrouble = z.object({
  /** `"govern"`. */
  label: z.string(),
  since: z.iso.datetime(),
  waiting: z.number().int(),
  /** What the store said; null when no worker has tried. */
  lastError: z.string().nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
})
export type DeliveryTrouble = z.infer<typeof deliveryTrouble>

export const overview = z.object({
  at: z.iso.datetime(),
  extensions: z.array(
    extension.pick({ key: true, title: true, state: true, activeSince: true, changedAt: true, error: true }),
  ),
  totals: z.object({
    /** Null while no extension delivers. */
    eventsToday: z.number().int().nullable(),
    objectsToday: z.number().int().nullable(),
    waiting: z.number().int().nullable(),
    waitingSince: deliveryFigures.shape.waitingSince,
    lagP99Ms: deliveryFigures.shape.lagP99Ms,
    lagTargetMs: z.number().int(),
  }),
  rows: z.array(deliveryRow),
  /** Empty when all is well. */
  troubles: z.array(deliveryTrouble),
  connections: z.array(
    z.object({ name: z.string(), managedBy: z.string().nullable(), health: connectionHealth }),
  ),
})
export type Overview = z.infer<typeof overview>
