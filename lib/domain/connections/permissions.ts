import * as z from 'zod'

/** A group or a person on a list; `until` null gives the right without an end. */
export const grantEntry = z.object({
  principal: z.enum(['group', 'user']),
  id: z.string(),
  until: z.iso.datetime().nullable(),
})
export type GrantEntry = z.infer<typeof grantEntry>

/** All that the Permissions page edits, as one value: what is compared, saved, undone and reverted to. */
export const permissionState = z.object({
  /** Freely usable by: everyone, or `grants` alone. */
  usableBy: z.enum(['everyone', 'selected']),
  grants: z.array(grantEntry).max(20_000),
  detailsBy: z.enum(['nobody', 'selected', 'everyone']),
  /** Ids of the groups that may read the details. */
  detailsGroups: z.array(z.string()).max(20_000),
  readRequired: z.boolean(),
  hidden: z.boolean(),
})
export type PermissionState = z.infer<typeof permissionState>

const keyOf = (entry: GrantEntry) => `${entry.principal}:${entry.id}`
const byKey = (a: GrantEntry, b: GrantEntry) => (keyOf(a) < keyOf(b) ? -1 : 1)

/**
 * Brings a state into its one spelling: sorted, one entry each, without what has ended or does not count. Two states
 * mean the same exactly when their normal forms are equal.
 */
export function normalizeState(state: PermissionState, at: Date): PermissionState {
  const entries = new Map<string, GrantEntry>()
  for (const entry of state.usableBy === 'everyone' ? [] : state.grants) {
    if (entry.until !== null && new Date(entry.until) <= at) continue
    const known = entries.get(keyOf(entry))
    entries.set(keyOf(entry), known === undefined ? entry : later(known, entry))
  }
  return {
    ...state,
    grants: [...entries.values()].sort(byKey),
    detailsGroups: state.detailsBy === 'selected' ? [...new Set(state.detailsGroups)].sort() : [],
  }
}

const later = (a: GrantEntry, b: GrantEntry): GrantEntry =>
  a.until === null || (b.until !== null && b.until <= a.until) ? a : b

/** Tells whether two states give the same people the same at an instant, in whatever order they name them. */
export function equalStates(a: PermissionState, b: PermissionState, at: Date): boolean {
  return JSON.stringify(ordered(normalizeState(a, at))) === JSON.stringify(ordered(normalizeState(b, at)))
}

const ordered = (state: PermissionState) => [
  state.usableBy,
  state.grants.map(({ principal, id, until }) => [principal, id, until && new Date(until).getTime()]),
  state.detailsBy,
  state.detailsGroups,
  state.readRequired,
  state.hidden,
]

/** One thing that differs between two states, by the ids of whom it concerns. */
export type StateChange =
  | { kind: 'grant-added' | 'grant-removed'; entry: GrantEntry }
  | { kind: 'grant-expiry'; entry: GrantEntry; before: string | null }
  | { kind: 'usable-by'; before: PermissionState['usableBy']; after: PermissionState['usableBy'] }
  | { kind: 'details-by'; before: PermissionState['detailsBy']; after: PermissionState['detailsBy'] }
  | { kind: 'details-added' | 'details-removed'; groupId: string }
  | { kind: 'read-required' | 'hidden'; after: boolean }

/** Lists what differs between two states; nothing exactly when they mean the same. */
export function compareStates(base: PermissionState, draft: PermissionState, at: Date): StateChange[] {
  const [before, after] = [normalizeState(base, at), normalizeState(draft, at)]
  const changes: StateChange[] = []
  if (before.usableBy !== after.usableBy)
    changes.push({ kind: 'usable-by', before: before.usableBy, after: after.usableBy })
  changes.push(...compareGrants(before.grants, after.grants))
  if (before.detailsBy !== after.detailsBy)
    changes.push({ kind: 'details-by', before: before.detailsBy, after: after.detailsBy })
  for (const groupId of without(after.detailsGroups, before.detailsGroups))
    changes.push({ kind: 'details-added', groupId })
  for (const groupId of without(before.detailsGroups, after.detailsGroups))
    changes.push({ kind: 'details-removed', groupId })
  if (before.readRequired !== after.readRequired)
    changes.push({ kind: 'read-required', after: after.readRequired })
  if (before.hidden !== after.hidden) changes.push({ kind: 'hidden', after: after.hidden })
  return changes
}

function compareGrants(before: readonly GrantEntry[], after: readonly GrantEntry[]): StateChange[] {
  const known = new Map(before.map((entry) => [keyOf(entry), entry]))
  const kept = new Set(after.map(keyOf))
  const changes: StateChange[] = []
  for (const entry of after) {
    const was = known.get(keyOf(entry))
    if (was === undefined) changes.push({ kind: 'grant-added', entry })
    else if (!sameInstant(was.until, entry.until))
      changes.push({ kind: 'grant-expiry', entry, before: was.until })
  }
  for (const entry of before) if (!kept.has(keyOf(entry))) changes.push({ kind: 'grant-removed', entry })
  return changes
}

const sameInstant = (a: string | null, b: string | null) =>
  a === b || (a !== null && b !== null && new Date(a).getTime() === new Date(b).getTime())

function without(from: readonly string[], taken: readonly string[]): string[] {
  const gone = new Set(taken)
  return from.filter((id) => !gone.has(id))
}
