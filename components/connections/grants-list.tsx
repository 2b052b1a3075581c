'use client'

import { Button } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { Tooltip } from '#components/ui/tooltip'
import type { GrantEntry } from '#lib/domain/connections/permissions'
import { sayPeople } from '#lib/domain/connections/say-effects'
import type { Principal } from '#lib/domain/connections/wire'
import { GrantExpiry } from './grant-expiry'
import { PickPrincipals } from './pick-principals'
import type { PermissionsDraft } from './use-permissions-draft'

interface GrantsListProps {
  draft: PermissionsDraft
  managed: boolean
  disabled: boolean
}

/** The groups and people that may use the connection, each with its end. */
export function GrantsList({ draft, managed, disabled }: GrantsListProps) {
  const { state, edit } = draft
  const before = new Set(draft.base.grants.map((grant) => grant.id))
  const chosen = state.grants.flatMap(({ id }) => draft.principals.get(id) ?? [])
  const isFixed = (id: string) => managed && draft.principals.get(id)?.fixed === true
  const choose = (next: Principal[]) => {
    const kept = state.grants.filter(({ id }) => isFixed(id) || next.some((one) => one.id === id))
    const fresh = next.filter((one) => !state.grants.some((grant) => grant.id === one.id))
    const entries = fresh.map(({ principal, id }): GrantEntry => ({ principal, id, until: null }))
    edit({ grants: [...kept, ...entries] }, fresh)
  }
  return (
    <div className="card">
      <ul className="grants">
        {inOrder(state.grants, before, draft.principals).map((grant) => (
          <Grant
            key={grant.id}
            grant={grant}
            who={draft.principals.get(grant.id)}
            added={draft.base.usableBy === 'everyone' || !before.has(grant.id)}
            fixed={isFixed(grant.id)}
            disabled={disabled}
            onUntilChange={(until) =>
              edit({ grants: state.grants.map((one) => (one.id === grant.id ? { ...one, until } : one)) })
            }
            onTakeOff={() => edit({ grants: state.grants.filter((one) => one.id !== grant.id) })}
          />
        ))}
        {!disabled && (
          <li>
            <div className="add">
              <PickPrincipals
                label="Add groups or people"
                searchLabel="Search groups and people"
                chosen={chosen}
                onChosenChange={choose}
              />
            </div>
          </li>
        )}
        {disabled && state.grants.length === 0 && <li className="small muted">Nobody may use it.</li>}
      </ul>
    </div>
  )
}

/** Administrators of a managed one first, then by name; what was added stays where it was put. */
function inOrder(
  grants: readonly GrantEntry[],
  before: ReadonlySet<string>,
  principals: ReadonlyMap<string, Principal>,
): GrantEntry[] {
  const rank = ({ id }: GrantEntry) => {
    const who = principals.get(id)
    return `${before.has(id) ? 0 : 1}${who?.fixed ? 0 : 1}${before.has(id) ? (who?.name ?? '') : ''}`
  }
  return [...grants].sort((a, b) => rank(a).localeCompare(rank(b)))
}

interface GrantProps {
  grant: GrantEntry
  who: Principal | undefined
  added: boolean
  fixed: boolean
  disabled: boolean
  onUntilChange: (until: string | null) => void
  onTakeOff: () => void
}

function Grant({ grant, who, added, fixed, disabled, onUntilChange, onTakeOff }: GrantProps) {
  const name = who?.name ?? 'someone who is gone'
  const second = [who?.people == null ? 'person' : sayPeople(who.people), added && 'not saved']
  return (
    <li className={added ? 'added' : undefined}>
      <Icon name={grant.principal === 'group' ? 'users' : 'user'} label={grant.principal} />
      <span className="who">
        <b className={grant.principal === 'group' ? 'mono' : undefined}>{name}</b>
        <span>{second.filter(Boolean).join(' · ')}</span>
      </span>
      {fixed ? (
        <>
          <span className="small muted until">always</span>
          <Tooltip content="Cannot be taken off a managed connection">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason is read on focus as on hover */}
            <span tabIndex={0} className="faint flex justify-self-center">
              <Icon name="lock" label="Cannot be taken off a managed connection" />
            </span>
          </Tooltip>
        </>
      ) : (
        <>
          <span className="until">
            <GrantExpiry name={name} until={grant.until} disabled={disabled} onUntilChange={onUntilChange} />
          </span>
          {!disabled && (
            <Button
              variant="ghost"
              small
              square
              icon="x"
              aria-label={`Take ${name} off`}
              onClick={onTakeOff}
            />
          )}
        </>
      )}
    </li>
  )
}
