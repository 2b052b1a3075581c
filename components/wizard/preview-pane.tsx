'use client'

import { useCallback, useMemo, useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { DataGrid, type GridColumn } from '#components/grid/data-grid'
import { GridSkeleton } from '#components/grid/grid-skeleton'
import { useGridLayout } from '#components/grid/use-grid-layout'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { MiddleTruncate } from '#components/ui/middle-truncate'
import { ApiError } from '#lib/client/api'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { formatBytes, formatCount, formatQuantity } from '#lib/domain/format'
import type { FormatProblem, Preview } from '#lib/domain/formats/wire'
import { BrowseDialog } from './browse-dialog'
import { folderOf } from './browse-model'
import type { WizardSource } from './use-wizard-source'

interface PreviewPaneProps {
  definition: DatasetDefinition
  source: WizardSource
  /** What is around it says "Preview" already. */
  untitled?: boolean
}

/** The first records of one real file as the settings read it, with everything that is wrong with it. */
export function PreviewPane({ definition, source, untitled }: PreviewPaneProps) {
  const { shown, error, missing } = source.preview
  const used = shown?.usedPath
  return (
    <>
      <div className="pane-head">
        {!untitled && <h2>Preview</h2>}
        <span className="row grow muted gap-1.5 overflow-hidden">
          {used && (
            <>
              <span className="whitespace-nowrap">Used</span>
              <MiddleTruncate text={used} tail={21} what="path" />
            </>
          )}
        </span>
        {missing === null && <AnotherFile definition={definition} source={source} />}
      </div>
      <div className="flex min-h-0 flex-1 flex-col overflow-auto">
        <Body source={source} />
      </div>
      <div className="pane-foot">
        {shown && (
          <>
            <span>{sayExtent(shown)}</span>
            <span className="end">{formatQuantity(shown.columns.length, 'column')}</span>
          </>
        )}
        {!shown && !error && !missing && <span>Reading the newest file</span>}
      </div>
    </>
  )
}

function Body({ source }: { source: WizardSource }) {
  const { shown, error, reading, missing, refetch } = source.preview
  if (missing) {
    return (
      <EmptyState icon="file" title="No preview yet">
        {missing.message}
      </EmptyState>
    )
  }
  if (!shown && error) return <Failed error={error} onRetry={refetch} />
  if (!shown) return <GridSkeleton label="Reading the preview" />
  const binary = shown.problems.find(({ reason }) => reason === 'looks-like-binary')
  if (binary && !error) {
    return (
      <EmptyState icon="file" title={binary.message}>
        {`One record per line would show it as noise. ${binary.remedy ?? ''}`}
      </EmptyState>
    )
  }
  return (
    <>
      {error && <Failed error={error} onRetry={refetch} />}
      {shown.problems.length > 0 && !error && <Problems problems={shown.problems} />}
      <Rows preview={shown} updating={reading} stale={error !== null} />
    </>
  )
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const problem = error instanceof ApiError ? error.problem : null
  if (problem?.details.reason === 'nothing-to-preview') {
    return (
      <EmptyState icon="clock" title={problem.detail} actions={<Button onClick={onRetry}>Check now</Button>}>
        As soon as there is a file, its first records stand here.
      </EmptyState>
    )
  }
  return (
    <div className="p-4">
      <ProblemNotice error={error} onRetry={onRetry} />
    </div>
  )
}

function Problems({ problems }: { problems: readonly FormatProblem[] }) {
  const [first, ...others] = problems
  const [all, setAll] = useState(false)
  if (!first) return null
  const shown = all ? problems : [first]
  return (
    <div className="p-4">
      <Banner
        tone="warn"
        title={problems.length === 1 ? first.message : formatQuantity(problems.length, 'problem')}
        actions={
          others.length > 0 && !all ? (
            <Button small onClick={() => setAll(true)}>
              Show all
            </Button>
          ) : undefined
        }
      >
        <ul>
          {shown.map((problem, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one file may have the same problem twice
            <li key={index}>
              {problems.length > 1 && <p>{problem.message}</p>}
              <p className="mono where">{placeOf(problem)}</p>
              {problem.remedy && <p>{problem.remedy}</p>}
            </li>
          ))}
        </ul>
      </Banner>
    </div>
  )
}

function placeOf({ path, record, offset, reason }: FormatProblem): string {
  return [
    path,
    record === undefined ? null : `record ${formatCount(record)}`,
    offset === undefined ? null : `byte ${formatCount(offset)}`,
    reason.startsWith('ERR_') ? reason : null,
  ]
    .filter(Boolean)
    .join(' · ')
}

const LINE_WIDTH_PX = 1_600

function Rows({ preview, updating, stale }: { preview: Preview; updating: boolean; stale: boolean }) {
  const { rows } = preview
  const columns = useMemo(
    () =>
      preview.columns.map(({ name, type }, index): GridColumn => {
        const empty = rows.filter(({ cells }) => !cells[index]).length
        const invalid = rows.filter(({ tooLarge }) => tooLarge).length
        return {
          id: name,
          name,
          type,
          validity: { valid: rows.length - empty - invalid, empty, invalid },
          ...(preview.columns.length === 1 ? { widthPx: LINE_WIDTH_PX } : {}),
        }
      }),
    [preview.columns, rows],
  )
  const layout = useGridLayout('wizard-preview', columns)
  const readCell = useCallback((row: number, column: number) => rows[row]?.cells[column], [rows])
  if (rows.length === 0) {
    return (
      <p className="p-4 muted" role="status">
        This file holds no record.
      </p>
    )
  }
  return (
    <DataGrid
      label="Preview"
      layout={layout}
      rowCount={rows.length}
      readCell={readCell}
      updating={updating}
      stale={stale}
    />
  )
}

function sayExtent({ records, truncatedBy, sizeBytes }: Preview): string {
  if (truncatedBy === null)
    return `All ${formatQuantity(records, 'record')} of 1 file, ${formatBytes(sizeBytes)}`
  return `First ${formatQuantity(records, 'record')} of 1 file`
}

const MOST_OFFERED = 8

function AnotherFile({ definition, source }: PreviewPaneProps) {
  const [browsing, setBrowsing] = useState(false)
  const { connection, bucket, path } = definition.params
  const root = folderOf(path)
  const newest = source.filesAreCurrent ? (source.files.report?.newest ?? []).slice(0, MOST_OFFERED) : []
  const entries: MenuEntry[] = [
    ...(source.file === null
      ? []
      : [{ label: 'The newest file', icon: 'undo' as const, onSelect: () => source.chooseFile(null) }]),
    ...(newest.length > 0 ? [{ kind: 'caption' as const, label: 'Newest files' }] : []),
    ...newest.map(
      (file): MenuEntry => ({
        label: cutMiddle(file.path),
        second: formatBytes(file.sizeBytes),
        onSelect: () => source.chooseFile(file.path),
      }),
    ),
    ...(newest.length > 0 ? [{ kind: 'line' as const }] : []),
    { label: 'Browse files…', icon: 'folder', onSelect: () => setBrowsing(true) },
  ]
  return (
    <>
      <Menu
        trigger={
          <Button variant="ghost" small>
            Another file
          </Button>
        }
        entries={entries}
      />
      {browsing && (
        <BrowseDialog
          connection={connection}
          bucket={bucket}
          start={root}
          choose="file"
          onClose={() => setBrowsing(false)}
          onChoose={(file) => source.chooseFile(`/${file.slice(root.length)}`)}
        />
      )}
    </>
  )
}

const LABEL_CHARS = 44

function cutMiddle(path: string): string {
  if (path.length <= LABEL_CHARS) return path
  return `${path.slice(0, LABEL_CHARS / 2)}…${path.slice(-LABEL_CHARS / 2)}`
}
