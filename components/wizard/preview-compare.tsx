'use client'

import { useMemo } from 'react'
import { DataGrid } from '#components/grid/data-grid'
import { GridSkeleton } from '#components/grid/grid-skeleton'
import { GridUpdating } from '#components/grid/grid-updating'
import { useGridLayout } from '#components/grid/use-grid-layout'
import { Button } from '#components/ui/button'
import { MiddleTruncate } from '#components/ui/middle-truncate'
import { Status } from '#components/ui/status'
import { sayNoRecord } from '#lib/domain/datasets/say-no-record'
import { formatCount, formatQuantity } from '#lib/domain/format'
import type { Preview } from '#lib/domain/formats/wire'
import { columnsOf, type PreviewLook, readerOf } from './preview-cells'
import {
  type ColumnComparison,
  compareColumns,
  compareFiles,
  type FileDifference,
  isSameShape,
} from './preview-comparison'
import { PreviewFailed } from './preview-states'
import { type PreviewReading, useOtherPreview } from './use-preview'

interface PreviewComparisonProps {
  preview: PreviewReading
  here: Preview
  /** The other file, below the dataset's path. */
  file: string
  look: PreviewLook
  onEnd: () => void
}

/** Two files under the same settings: which columns changed between them, and the records of both. */
export function PreviewComparison({ preview, here, file, look, onEnd }: PreviewComparisonProps) {
  const { data: there, error, isFetching, refetch } = useOtherPreview(preview.request, file)
  const written = useMemo(
    () => (there ? compareFiles(here, there, preview.request) : []),
    [here, there, preview.request],
  )
  const difference = useMemo(() => there && compareColumns(here.columns, there.columns), [here, there])
  return (
    <>
      <section aria-label="Comparison" className="flex-none border-b border-border px-4 py-2">
        <div className="flex items-center gap-2 overflow-hidden small muted">
          <span className="whitespace-nowrap">Compared with</span>
          <MiddleTruncate text={file} tail={21} what="path" />
          <span className="end" />
          <Button small onClick={onEnd}>
            End comparison
          </Button>
        </div>
        <div role="status">
          {difference && <Difference difference={difference} />}
          {written.map((one) => (
            <WrittenOtherwise key={one.label} {...one} />
          ))}
        </div>
      </section>
      <div className="grid min-h-0 flex-1 auto-rows-[minmax(180px,1fr)] grid-cols-[repeat(auto-fit,minmax(min(100%,380px),1fr))] overflow-auto">
        <Side
          label="This file"
          preview={here}
          look={look}
          updating={preview.reading}
          lonely={difference?.onlyHere}
        />
        {there && !error && (
          <Side
            label="The other file"
            preview={there}
            look={look}
            updating={isFetching}
            lonely={difference?.onlyThere}
          />
        )}
        {error && <PreviewFailed error={error} onRetry={() => void refetch()} />}
        {!there && !error && (
          <div className="flex min-h-0 flex-col overflow-hidden">
            <GridSkeleton label="Reading the other file" />
          </div>
        )}
      </div>
    </>
  )
}

/** What two files differ in as a whole: `"Charset: utf-8 in this file, windows-1252 in the other one."` */
const WrittenOtherwise = ({ label, here, there }: FileDifference) => (
  <p>
    <Status kind="warn">{`${label}: ${here} in this file, ${there} in the other one.`}</Status>
  </p>
)

/** As many names as a line holds; the grids show the others. */
const MOST_NAMED = 12

function Difference({ difference }: { difference: ColumnComparison }) {
  const { same, onlyHere, onlyThere, retyped, isReordered } = difference
  if (isSameShape(difference)) {
    return <Status kind="ok">{`Both have the same ${formatQuantity(same.length, 'column')}.`}</Status>
  }
  const lines = [
    { label: 'Only in this file', names: onlyHere },
    { label: 'Only in the other file', names: onlyThere },
    {
      label: 'Another type in the other file',
      names: retyped.map(({ name, here, there }) => `${name} (${here}, there ${there})`),
    },
  ]
  return (
    <div className="grid gap-1">
      <Status kind="warn">
        {`${formatCount(same.length)} of the columns are the same.`}
        {isReordered && ' Those in both stand in another order.'}
      </Status>
      <dl className="kv small max-h-24 overflow-auto">
        {lines.map(
          ({ label, names }) =>
            names.length > 0 && (
              <div key={label} className="contents">
                <dt>{`${label}: ${formatCount(names.length)}`}</dt>
                <dd className="mono wrap-anywhere">
                  {names.slice(0, MOST_NAMED).join(', ')}
                  {names.length > MOST_NAMED && ` and ${formatCount(names.length - MOST_NAMED)} more`}
                </dd>
              </div>
            ),
        )}
      </dl>
    </div>
  )
}

interface SideProps {
  label: string
  preview: Preview
  look: PreviewLook
  updating: boolean
  /** Columns that the other side does not have. */
  lonely: readonly string[] | undefined
}

function Side({ label, preview, look, updating, lonely }: SideProps) {
  const { rows } = preview
  const columns = useMemo(() => {
    const marked = new Set(lonely)
    return columnsOf(preview, look, (name) => (marked.has(name) ? 'only here' : undefined))
  }, [preview, look, lonely])
  const layout = useGridLayout(`comparison:${look}`, columns)
  const readCell = useMemo(() => readerOf(rows, look), [rows, look])
  return (
    <section
      aria-label={label}
      className="flex min-h-0 min-w-0 flex-col border-b border-border"
      data-look={look}
    >
      <div className="flex flex-none gap-2 px-4 py-1 small muted">
        <h3 className="small">
          {label} · {formatQuantity(rows.length, 'record')} ·{' '}
          {formatQuantity(preview.columns.length, 'column')}
        </h3>
        <GridUpdating updating={updating} />
      </div>
      {rows.length === 0 ? (
        <p className="px-4 muted">{preview.problems[0]?.message ?? sayNoRecord(preview)}</p>
      ) : (
        <DataGrid
          label={label}
          layout={layout}
          rowCount={rows.length}
          readCell={readCell}
          updating={updating}
        />
      )}
    </section>
  )
}
