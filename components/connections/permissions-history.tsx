'use client'

import { useQuery } from '@tanstack/react-query'
import { ProblemNotice } from '#components/access/problem-notice'
import { Section } from '#components/layout/page'
import { Button } from '#components/ui/button'
import { Skeleton } from '#components/ui/skeleton'
import { Time } from '#components/ui/time'
import { permissionsHistoryQuery } from '#lib/client/connections'
import { sayActor } from '#lib/domain/audit/say-actor'
import { compareStates, equalStates } from '#lib/domain/connections/permissions'
import { sayChange } from '#lib/domain/connections/say-state'
import type { HistoryEntry } from '#lib/domain/connections/wire'
import type { PermissionsDraft } from './use-permissions-draft'

interface PermissionsHistoryProps {
  name: string
  draft: PermissionsDraft
  /** Why nothing can be changed. */
  disabled: string | null
}

/** Who changed the permissions, when and why; Revert puts the state before a change into the draft. */
export function PermissionsHistory({ name, draft, disabled }: PermissionsHistoryProps) {
  const { data, error, refetch } = useQuery(permissionsHistoryQuery(name))
  return (
    <Section title="History">
      {data ? (
        <Entries items={data.items} draft={draft} disabled={disabled} />
      ) : error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton label="Loading the history" rows={2} />
      )}
    </Section>
  )
}

interface EntriesProps {
  items: readonly HistoryEntry[]
  draft: PermissionsDraft
  disabled: string | null
}

function Entries({ items, draft, disabled }: EntriesProps) {
  if (items.length === 0) return <p className="small muted">Never changed since it was made.</p>
  return (
    <ul className="card lines">
      {items.map((entry) => (
        <li key={entry.eventId} className="row wrap px-4 py-2">
          <span className="grow">
            <span>{sayEntry(entry)}</span>
            <span className="small muted block">
              {sayActor(entry.who)} · <Time at={entry.at} />
              {entry.reason && ` · “${entry.reason}”`}
            </span>
          </span>
          {entry.before && <Revert entry={entry} before={entry.before} draft={draft} disabled={disabled} />}
        </li>
      ))}
    </ul>
  )
}

interface RevertProps {
  entry: HistoryEntry
  before: NonNullable<HistoryEntry['before']>
  draft: PermissionsDraft
  disabled: string | null
}

function Revert({ entry, before, draft, disabled }: RevertProps) {
  const same = equalStates(before, draft.state, new Date()) ? 'It is as it was before this change.' : null
  const known = [
    ...before.grants.map(({ principal, id }) => ({ principal, id })),
    ...groups(before.detailsGroups),
  ]
  const revert = () =>
    draft.edit(
      before,
      known
        .filter(({ id }) => !draft.principals.has(id))
        .map((one) => ({
          ...one,
          name: entry.names[one.id] ?? 'someone who is gone',
          people: null,
          fixed: false,
        })),
    )
  return (
    <Button small icon="revert" disabledReason={disabled ?? same} onClick={revert}>
      Revert
    </Button>
  )
}

const groups = (ids: readonly string[]) => ids.map((id) => ({ principal: 'group' as const, id }))

function sayEntry({ before, after, names, at }: HistoryEntry): string {
  if (!before) return 'Made with its first permissions'
  const text = compareStates(before, after, new Date(at))
    .map((change) => sayChange(change, names))
    .join('; ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
