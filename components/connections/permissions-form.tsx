'use client'

import { Checkbox, RadioOptions } from '#components/ui/option'
import type { ConnectionDependents } from '#lib/domain/connections/who-can-access'
import { formatQuantity } from '#lib/domain/format'
import { DetailsGroups } from './details-groups'
import { GrantsList } from './grants-list'
import type { PermissionsDraft } from './use-permissions-draft'

interface PermissionsFormProps {
  draft: PermissionsDraft
  managed: boolean
  dependents: ConnectionDependents | undefined
  disabled: boolean
}

/** Who may use the connection, who may read its details, and what reading datasets asks for. */
export function PermissionsForm({ draft, managed, dependents, disabled }: PermissionsFormProps) {
  const { state, edit } = draft
  return (
    <>
      <RadioOptions
        inline
        disabled={disabled}
        legend="Freely usable by"
        description="May create datasets here, change their settings and browse files."
        value={state.usableBy}
        onValueChange={(usableBy) => edit({ usableBy })}
        choices={[
          { value: 'everyone', label: 'Everyone in this space' },
          { value: 'selected', label: 'Selected groups and people' },
        ]}
      >
        {state.usableBy === 'selected' && <GrantsList draft={draft} managed={managed} disabled={disabled} />}
      </RadioOptions>
      <RadioOptions
        inline
        disabled={disabled}
        legend="Details readable by"
        description="Bucket, endpoint, region and role, never the secret. Using a connection does not need this."
        value={state.detailsBy}
        onValueChange={(detailsBy) => edit({ detailsBy })}
        choices={[
          { value: 'nobody', label: 'Nobody' },
          { value: 'selected', label: 'Selected groups' },
          { value: 'everyone', label: 'Everyone in this space' },
        ]}
      >
        {state.detailsBy === 'selected' && <DetailsGroups draft={draft} disabled={disabled} />}
      </RadioOptions>
      <fieldset disabled={disabled}>
        <legend>
          <h2>Reading datasets</h2>
        </legend>
        <div className="options">
          <Checkbox
            label="Also required to read datasets on this connection"
            hint={`${sayRule(state.readRequired)}${sayConcerned(dependents)}`}
            checked={state.readRequired}
            onCheckedChange={(readRequired) => edit({ readRequired })}
          />
          <Checkbox
            label="Hide it from everyone else"
            hint="Who may not use it does not even see its name, and cannot ask for it."
            checked={state.hidden}
            onCheckedChange={(hidden) => edit({ hidden })}
          />
        </div>
      </fieldset>
    </>
  )
}

const sayRule = (required: boolean) =>
  required
    ? 'Readers of a project also need to be named in “Freely usable by”.'
    : 'Anyone who can read the project reads its datasets, as in DSS.'

function sayConcerned(dependents: ConnectionDependents | undefined): string {
  if (!dependents) return ''
  if (dependents.total === 0) return ' Concerns no dataset yet.'
  const { total, projects } = dependents
  return ` Concerns ${formatQuantity(total, 'dataset')} in ${formatQuantity(projects, 'project')}.`
}
