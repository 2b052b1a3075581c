'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useRouter, useSearchParams } from 'next/navigation'
import { useMemo, useState } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { WorkArea } from '#components/layout/page'
import { ProjectHead } from '#components/projects/project-head'
import { ButtonLink } from '#components/ui/button'
import { EmptyState, NoMatches } from '#components/ui/empty-state'
import { SearchField } from '#components/ui/search-field'
import { Skeleton } from '#components/ui/skeleton'
import { AddDatasetMenu } from '#components/wizard/add-dataset-menu'
import { datasetsQuery } from '#lib/client/datasets'
import type { DatasetItem } from '#lib/domain/datasets/wire'
import { formatQuantity } from '#lib/domain/format'
import { FlowPanel } from './flow-panel'

const loading = () => <Skeleton label="Loading the Flow" rows={4} />
// React Flow is large and only this page needs it.
const FlowCanvas = dynamic(() => import('./flow-canvas').then((module) => module.FlowCanvas), {
  ssr: false,
  loading,
})

/** The datasets of a project, and where each comes from. */
export function FlowPage({ projectKey }: { projectKey: string }) {
  const query = useQuery(datasetsQuery(projectKey))
  const [search, setSearch] = useState('')
  const datasets = query.data?.datasets
  return (
    <WorkArea>
      <ProjectHead
        projectKey={projectKey}
        tab="flow"
        description={
          datasets && (datasets.length === 0 ? 'No dataset yet' : formatQuantity(datasets.length, 'dataset'))
        }
        actions={
          <>
            {datasets && datasets.length > 0 && (
              <span className="only-l">
                <SearchField page label="Search the Flow" value={search} onValueChange={setSearch} />
              </span>
            )}
            {query.data?.canCreate && <AddDatasetMenu projectKey={projectKey} />}
          </>
        }
      />
      <AccessGate
        query={query}
        name={`project ${projectKey}`}
        loading={loading()}
        back={{ href: '/projects', label: 'Back to Projects' }}
      >
        {(list) =>
          list.datasets.length === 0 ? (
            <NoDatasets projectKey={projectKey} canCreate={list.canCreate} />
          ) : (
            <Drawn
              projectKey={projectKey}
              datasets={list.datasets}
              search={search}
              onClear={() => setSearch('')}
            />
          )
        }
      </AccessGate>
    </WorkArea>
  )
}

function NoDatasets({ projectKey, canCreate }: { projectKey: string; canCreate: boolean }) {
  return (
    <div className="flow">
      <EmptyState
        icon="bucket"
        title="Nothing in this Flow yet"
        actions={
          canCreate && (
            <ButtonLink href={`/projects/${encodeURIComponent(projectKey)}/datasets/new`}>
              Make a dataset from Amazon S3
            </ButtonLink>
          )
        }
      >
        {`A Flow shows the datasets of a project. ${canCreate ? 'Start from files in a bucket.' : 'Whoever may write in this project can add one.'}`}
      </EmptyState>
    </div>
  )
}

interface DrawnProps {
  projectKey: string
  datasets: readonly DatasetItem[]
  search: string
  onClear: () => void
}

function Drawn({ projectKey, datasets, search, onClear }: DrawnProps) {
  const router = useRouter()
  const chosenName = useSearchParams().get('dataset')
  const chosen = datasets.find((dataset) => dataset.name === chosenName) ?? null
  const wanted = search.trim().toLowerCase()
  const shown = useMemo(
    () => datasets.filter(({ name, connection }) => `${name} ${connection}`.toLowerCase().includes(wanted)),
    [datasets, wanted],
  )
  const choose = (name: string | null) =>
    router.replace(`/projects/${projectKey}/flow${name ? `?dataset=${encodeURIComponent(name)}` : ''}`, {
      scroll: false,
    })
  const open = (name: string) =>
    router.push(`/projects/${projectKey}/datasets/${encodeURIComponent(name)}/explore`)
  return (
    <div className="split">
      {shown.length === 0 ? (
        <div className="flow">
          <NoMatches what="datasets" onClear={onClear} />
        </div>
      ) : (
        <FlowCanvas datasets={shown} chosen={chosenName} onChoose={choose} onOpen={open} />
      )}
      {chosen && <FlowPanel projectKey={projectKey} dataset={chosen} onClose={() => choose(null)} />}
    </div>
  )
}
