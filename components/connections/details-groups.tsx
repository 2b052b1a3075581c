'use client'

import { Button } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { sayPeople } from '#lib/domain/connections/say-effects'
import { PickPrincipals } from './pick-principals'
import type { PermissionsDraft } from './use-permissions-draft'

/** The groups that may read where the connection leads. */
export function DetailsGroups({ draft, disabled }: { draft: PermissionsDraft; disabled: boolean }) {
  const { state, edit } = draft
  const before = new Set(draft.base.detailsBy === 'selected' ? draft.base.detailsGroups : [])
  return (
    <div className="card">
      <ul className="grants">
        {state.detailsGroups.map((id) => {
          const who = draft.principals.get(id)
          const name = who?.name ?? 'a group that is gone'
          const added = !before.has(id)
          const people = who?.people == null ? '' : sayPeople(who.people)
          return (
            <li key={id} className={added ? 'added' : undefined}>
              <Icon name="users" label="group" />
              <span className="who">
                <b className="mono">{name}</b>
                <span>{[people, added && 'not saved'].filter(Boolean).join(' · ')}</span>
              </span>
              <span className="until" />
              {!disabled && (
                <Button
                  variant="ghost"
                  small
                  square
                  icon="x"
                  aria-label={`Take ${name} off the details`}
                  onClick={() => edit({ detailsGroups: state.detailsGroups.filter((one) => one !== id) })}
                />
              )}
            </li>
          )
        })}
        {!disabled && (
          <li>
            <div className="add">
              <PickPrincipals
                groupsOnly
                label="Add groups"
                searchLabel="Search groups"
                chosen={state.detailsGroups.flatMap((id) => draft.principals.get(id) ?? [])}
                onChosenChange={(chosen) => edit({ detailsGroups: chosen.map((one) => one.id) }, chosen)}
              />
            </div>
          </li>
        )}
      </ul>
    </div>
  )
}
