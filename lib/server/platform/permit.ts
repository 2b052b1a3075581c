import 'server-only'

declare const proof: unique symbol

/**
 * Leave to work on an object store: given by the access layer for one actor, one action and one resource.
 * Adapters and the reader ask for it, so that code which forgot the check has no bytes.
 */
export interface Permit {
  readonly [proof]: true
  /** Who works, as events name them: `"user:0190…"`. */
  readonly actor: string
  /** What for: `"connection.browse"`. */
  readonly action: string
  /** Aborted when the right ends (checked every 2 s), when the caller leaves, or at the deadline. */
  readonly signal: AbortSignal
}

/** Whether work ended since its time is over, and not for a right that ended or a caller who left. */
export const isPastDeadline = ({ reason }: AbortSignal): boolean =>
  reason instanceof Error && reason.name === 'TimeoutError'

/** Only the access layer and tests call this; dependency-cruiser holds others off. */
export function issuePermit(fields: { actor: string; action: string; signal: AbortSignal }): Permit {
  return fields as Permit
}
