/** What stands in the row. No row at all: never activated. */
export type StoredState = 'activating' | 'active' | 'failed' | 'deactivating' | 'inactive'
export type ExtensionState = StoredState | 'available'

/**
 * The state in truth: work that ended without finishing left its intention behind. An activation whose job is over has
 * failed; a deactivation whose job is over did not happen.
 */
export function effectiveState(stored: StoredState | null, jobUnderWay: boolean): ExtensionState {
  if (stored === null) return 'available'
  if (stored === 'activating' && !jobUnderWay) return 'failed'
  if (stored === 'deactivating' && !jobUnderWay) return 'active'
  return stored
}

/** Events go out while the extension is active, and until a deactivation has delivered its own event. */
export const delivers = (state: ExtensionState): boolean => state === 'active' || state === 'deactivating'
