'use client'

import { useQuery } from '@tanstack/react-query'
import { Combobox, type ComboboxItem } from '#components/ui/combobox'
import { useDeferredSearch } from '#components/ui/deferred-search'
import { principalsQuery } from '#lib/client/connections'
import { sayPeople } from '#lib/domain/connections/say-effects'
import type { Principal } from '#lib/domain/connections/wire'

interface PickPrincipalsProps {
  /** The words of the button. */
  label: string
  searchLabel: string
  /** Who is on the list already. */
  chosen: readonly Principal[]
  groupsOnly?: boolean
  onChosenChange: (chosen: Principal[]) => void
}

type Offered = Principal & ComboboxItem

/** Finds groups and people by name; each choice joins the list or leaves it at once. */
export function PickPrincipals(props: PickPrincipalsProps) {
  const { label, searchLabel, chosen, groupsOnly, onChosenChange } = props
  const { asked, isBehind, setSearch } = useDeferredSearch()
  const { data, isFetching, error } = useQuery(principalsQuery(asked))
  const offered = (data?.items ?? []).filter((one) => !groupsOnly || one.principal === 'group')
  return (
    <Combobox<Offered>
      label={label}
      searchLabel={searchLabel}
      items={offered.map(toOffered)}
      chosen={chosen.map(toOffered)}
      onChosenChange={onChosenChange}
      onQueryChange={setSearch}
      busy={isFetching || isBehind}
      empty={error ? error.message : 'Nobody of that name.'}
    />
  )
}

const toOffered = (one: Principal): Offered => ({
  ...one,
  label: one.name,
  second: one.people === null ? 'person' : `group · ${sayPeople(one.people)}`,
  icon: one.principal === 'group' ? 'users' : 'user',
})
