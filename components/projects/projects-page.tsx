'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { Page, PageHeader } from '#components/layout/page'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { Skeleton } from '#components/ui/skeleton'
import { type Column, NameCell, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { projectsQuery } from '#lib/client/projects'
import { formatCount } from '#lib/domain/format'
import type { ProjectItem } from '#lib/domain/projects/wire'
import { NewProjectDialog } from './new-project-dialog'
import { RemoveProjectDialog } from './remove-project-dialog'

/** The projects one may read. */
export function ProjectsPage() {
  const query = useQuery(projectsQuery)
  const [creating, setCreating] = useState(false)
  const create = query.data?.canCreate && (
    <Button variant="primary" icon="plus" onClick={() => setCreating(true)}>
      New project
    </Button>
  )
  return (
    <Page>
      <PageHeader
        title="Projects"
        description="A Flow of datasets and the people who work on it."
        actions={create}
      />
      <AccessGate
        query={query}
        name="the projects"
        loading={<Skeleton label="Loading projects" rows={3} />}
        back={{ href: '/', label: 'Back' }}
      >
        {({ projects, canCreate }) =>
          projects.length === 0 ? <NoProjects canCreate={canCreate} /> : <ProjectsTable projects={projects} />
        }
      </AccessGate>
      <NewProjectDialog open={creating} onOpenChange={setCreating} />
    </Page>
  )
}

function NoProjects({ canCreate }: { canCreate: boolean }) {
  return (
    <EmptyState icon="folder" title="No projects yet">
      {canCreate
        ? 'A project holds datasets and says who may read them. Make one to begin.'
        : 'A project holds datasets and says who may read them. You are a member of none yet; whoever has one can add you.'}
    </EmptyState>
  )
}

const LEVELS = { read: 'Read', write: 'Write', admin: 'Admin' } as const

function ProjectsTable({ projects }: { projects: readonly ProjectItem[] }) {
  const [removing, setRemoving] = useState<ProjectItem | null>(null)
  const columns: Column<ProjectItem>[] = [
    {
      id: 'project',
      header: 'Project',
      card: 'head',
      cell: (project) => (
        <NameCell second={<span className="mono">{project.key}</span>}>
          <Link href={`/projects/${project.key}/flow`}>{project.name}</Link>
        </NameCell>
      ),
    },
    { id: 'access', header: 'Your access', cell: (project) => LEVELS[project.level] },
    {
      id: 'members',
      header: 'Groups and people',
      look: 'num',
      cell: (project) => formatCount(project.members),
    },
    { id: 'datasets', header: 'Datasets', look: 'num', cell: (project) => formatCount(project.datasets) },
    {
      id: 'changed',
      header: 'Last change',
      look: 'when',
      cell: (project) => <Time at={project.updatedAt} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      headerHidden: true,
      card: 'action',
      width: 56,
      cell: (project) => (
        <Menu
          trigger={
            <Button variant="ghost" small square icon="dots" aria-label={`Actions for ${project.name}`} />
          }
          entries={actionsOf(project, () => setRemoving(project))}
        />
      ),
    },
  ]
  return (
    <>
      <div className="card">
        <Table two label="Projects" columns={columns} rows={projects} rowKey={(project) => project.key} />
      </div>
      <RemoveProjectDialog project={removing} onClose={() => setRemoving(null)} />
    </>
  )
}

function actionsOf(project: ProjectItem, onRemove: () => void): MenuEntry[] {
  const open: MenuEntry[] = [
    { kind: 'link', label: 'Open the Flow', href: `/projects/${project.key}/flow` },
    { kind: 'link', label: 'Jobs', href: `/projects/${project.key}/jobs` },
    { kind: 'link', label: 'Members', href: `/projects/${project.key}/members` },
  ]
  if (project.level !== 'admin') return open
  return [...open, { kind: 'line' }, { label: 'Remove', danger: true, onSelect: onRemove }]
}
