'use client'

import { useQuery } from '@tanstack/react-query'
import { Combobox, type ComboboxItem } from '#components/ui/combobox'
import { useDeferredSearch } from '#components/ui/deferred-search'
import { projectPrincipalsQuery } from '#lib/client/projects'
import { formatQuantity } from '#lib/domain/format'
import type { ProjectPrincipal } from '#lib/domain/projects/wire'

interface PickMembersProps {
  projectKey: string
  chosen: readonly ProjectPrincipal[]
  onChosenChange: (chosen: ProjectPrincipal[]) => void
}

type Offered = ProjectPrincipal & ComboboxItem

/** Finds groups and people by name; each choice joins the list or leaves it at once. */
export function PickMembers({ projectKey, chosen, onChosenChange }: PickMembersProps) {
  const { asked, isBehind, setSearch } = useDeferredSearch()
  const { data, isFetching, error } = useQuery(projectPrincipalsQuery(projectKey, asked))
  return (
    <Combobox<Offered>
      label="Add groups or people"
      searchLabel="Search groups and people"
      items={(data?.items ?? []).map(toOffered)}
      chosen={chosen.map(toOffered)}
      onChosenChange={onChosenChange}
      onQueryChange={setSearch}
      busy={isFetching || isBehind}
      empty={error ? error.message : 'Nobody of that name.'}
    />
  )
}

const toOffered = (one: ProjectPrincipal): Offered => ({
  ...one,
  label: one.name,
  second: one.principal === 'user' ? 'person' : `group · ${formatQuantity(one.people, 'person', 'people')}`,
  icon: one.principal === 'group' ? 'users' : 'user',
})
