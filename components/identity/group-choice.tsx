'use client'

import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { Combobox, type ComboboxItem } from '#components/ui/combobox'
import { directoryQuery } from '#lib/client/users'
import { formatQuantity } from '#lib/domain/format'

interface GroupChoiceProps {
  chosen: readonly string[]
  onChosenChange: (groupIds: string[]) => void
  /** Names of those that are offered; all without. */
  among?: readonly string[]
  hint?: string
}

/** Chooses groups by typing. */
export function GroupChoice({ chosen, onChosenChange, among, hint }: GroupChoiceProps) {
  const labelId = useId()
  const { data, isPending } = useQuery(directoryQuery())
  const offered = (data?.groups ?? []).filter(({ name }) => among?.includes(name) ?? true)
  const items = offered.map(
    ({ id, name, people }): ComboboxItem => ({
      id,
      label: name,
      second: formatQuantity(people, 'person', 'people'),
      icon: 'users',
    }),
  )
  return (
    <fieldset className="field" aria-labelledby={labelId}>
      <span className="label" id={labelId}>
        Groups
      </span>
      <div className="row wrap">
        <Combobox
          chips
          label="Add groups"
          searchLabel="Search groups"
          items={items}
          chosen={items.filter(({ id }) => chosen.includes(id))}
          onChosenChange={(next) => onChosenChange(next.map(({ id }) => id))}
          empty="No group is called that."
          busy={isPending}
        />
      </div>
      {hint && <p className="hint">{hint}</p>}
    </fieldset>
  )
}
