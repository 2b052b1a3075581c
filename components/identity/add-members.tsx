'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Combobox, type ComboboxItem } from '#components/ui/combobox'
import { useAddMembers } from '#lib/client/groups'
import { directoryQuery } from '#lib/client/users'
import { formatQuantity } from '#lib/domain/format'
import type { GroupDetails } from '#lib/domain/identity/wire'
import { FormError } from './checked-form'

/** Chooses people who are not in the group yet, and adds them. */
export function AddMembers({ group }: { group: GroupDetails }) {
  const [chosen, setChosen] = useState<ComboboxItem[]>([])
  const { data } = useQuery(directoryQuery())
  const add = useAddMembers(group.id)
  const inside = new Set(group.members.map(({ userId }) => userId))
  const items = (data?.users ?? [])
    .filter(({ id }) => !inside.has(id))
    .map(({ id, login, name }): ComboboxItem => ({ id, label: name, second: login, icon: 'user' }))
  const send = () => add.mutate({ userIds: chosen.map(({ id }) => id) }, { onSuccess: () => setChosen([]) })
  return (
    <div className="stack">
      <div className="row wrap">
        <Combobox
          chips
          label="Add people"
          searchLabel="Search people"
          items={items}
          chosen={chosen}
          onChosenChange={setChosen}
          empty="Nobody else is called that."
        />
        {chosen.length > 0 && (
          <Button onClick={send} busy={add.isPending}>
            Add {formatQuantity(chosen.length, 'person', 'people')}
          </Button>
        )}
      </div>
      <FormError error={add.error} />
    </div>
  )
}
