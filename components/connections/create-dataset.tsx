'use client'

import { useQuery } from '@tanstack/react-query'
import { Button, ButtonLink } from '#components/ui/button'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { projectsQuery } from '#lib/client/projects'
import type { ConnectionDetail } from '#lib/domain/connections/wire'

/** Opens the wizard on a connection, in a project that one can write; with everything filled in on an audit connection. */
export function CreateDataset({ connection, ended }: { connection: ConnectionDetail; ended: string | null }) {
  const { data } = useQuery(projectsQuery)
  if (!data) return null
  const writable = data.projects.filter((project) => project.level !== 'read')
  if (ended || writable.length === 0) {
    const reason = ended ?? (data.canCreate ? 'Create a project first.' : 'You cannot write in any project.')
    return (
      <Button icon="plus" disabledReason={reason}>
        Create dataset
      </Button>
    )
  }
  const [only] = writable
  if (only && writable.length === 1) {
    return (
      <ButtonLink icon="plus" href={wizardAddress(only.key, connection)}>
        Create dataset
      </ButtonLink>
    )
  }
  const entries: MenuEntry[] = [
    { kind: 'caption', label: 'In project' },
    ...writable.map(
      ({ key, name }): MenuEntry => ({
        kind: 'link',
        label: name,
        second: key,
        href: wizardAddress(key, connection),
      }),
    ),
  ]
  return <Menu trigger={<Button icon="plus">Create dataset</Button>} entries={entries} />
}

function wizardAddress(projectKey: string, connection: ConnectionDetail): string {
  const query = new URLSearchParams({ connection: connection.name })
  if (connection.managedBy) query.set('preset', 'audit')
  return `/projects/${projectKey}/datasets/new?${query}`
}
