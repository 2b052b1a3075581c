'use client'

import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { ColumnsMenu } from '#components/grid/columns-menu'
import { DataGrid, type DataGridHandle } from '#components/grid/data-grid'
import { useGridLayout } from '#components/grid/use-grid-layout'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { countUsedFiles, type FilesPreview, fileOfRow } from '#lib/domain/datasets/files-preview'
import { unchosenProblems } from '#lib/domain/datasets/preview-problems'
import { sayNoRecord } from '#lib/domain/datasets/say-no-record'
import { suggestFixes } from '#lib/domain/datasets/suggest-fixes'
import type { SuggestedFix } from '#lib/domain/datasets/suggested-fix'
import type { WizardStep } from '#lib/domain/datasets/wizard'
import { formatBytes, formatCount, formatQuantity } from '#lib/domain/format'
import type { Detection } from '#lib/domain/formats/detection'
import type { FormatProblem } from '#lib/domain/formats/wire'
import { columnsOf, marksOf, type PreviewLook, readerOf } from './preview-cells'
import { PreviewEntries } from './preview-entries'
import { PreviewProblems } from './preview-problems'
import { PreviewRecordPanel } from './preview-record'

interface PreviewRowsProps {
  preview: FilesPreview
  definition: DatasetDefinition
  /** A person chose how the files are read, or some of it. */
  isChosen: boolean
  look: PreviewLook
  updating: boolean
  stale: boolean
  /** Above the rows: what failed after these were read. */
  notice: ReactNode
  /** What the files look like, for what mends a problem. */
  detection: Detection | null
  onFix: ((step: WizardStep) => void) | null
}

/** The records of a preview with what is wrong with them; one of them whole beside them. */
export function PreviewRows(props: PreviewRowsProps) {
  const { preview, definition, isChosen, look, updating, stale, notice, detection, onFix } = props
  const { rows } = preview
  const grid = useRef<DataGridHandle>(null)
  const [open, setOpen] = useState<{ file: string; row: number } | null>(null)
  const columns = useMemo(() => columnsOf(preview, look), [preview, look])
  const { connection, path } = definition.params
  const layout = useGridLayout(`preview:${look}:${connection}${path}`, columns)
  const readCell = useMemo(() => readerOf(rows, look), [rows, look])
  const marks = useMemo(() => marksOf(rows), [rows])
  const markRow = useCallback((row: number) => marks.get(row), [marks])
  // Read again, by other settings too, it is still the same record; of another file it is not.
  const row = open?.file === preview.usedPath && open.row < rows.length ? open.row : null
  const show = (next: number | null) => setOpen(next === null ? null : { file: preview.usedPath, row: next })
  const record = row === null ? undefined : rows[row]
  const fixesOf = (problem: FormatProblem): SuggestedFix[] =>
    suggestFixes(problem, { definition, preview, detection })
  return (
    <>
      <div className="relative flex min-h-0 flex-1 flex-col overflow-hidden" data-look={look}>
        {notice}
        {!notice && (
          <PreviewProblems
            problems={isChosen ? unchosenProblems(preview.problems, definition) : preview.problems}
            fixesOf={fixesOf}
            onFix={onFix}
            openerOf={({ record: number, path: file }) => {
              const at = rows.findIndex((one) => one.number === number && file === fileOfRow(preview, one))
              return at < 0 ? null : () => show(at)
            }}
          />
        )}
        {rows.length === 0 ? (
          <p className="p-4 muted" role="status">
            {sayNoRecord(preview)}
          </p>
        ) : (
          <DataGrid
            ref={grid}
            label="Preview"
            layout={layout}
            rowCount={rows.length}
            readCell={readCell}
            markRow={markRow}
            selectedRow={row}
            onOpenRow={show}
            updating={updating}
            stale={stale}
          />
        )}
        {record && row !== null && (
          <PreviewRecordPanel
            preview={preview}
            record={record}
            onPrevious={row > 0 ? () => show(row - 1) : null}
            onNext={row < rows.length - 1 ? () => show(row + 1) : null}
            onClose={() => {
              show(null)
              grid.current?.focus()
            }}
          />
        )}
      </div>
      <PreviewFoot preview={preview} unparsed={marks.size}>
        {look === 'parsed' && columns.length > 0 ? (
          <ColumnsMenu layout={layout} />
        ) : (
          <span>{formatQuantity(preview.columns.length, 'column')}</span>
        )}
      </PreviewFoot>
    </>
  )
}

interface PreviewFootProps {
  preview: FilesPreview
  /** How many records could not be parsed. */
  unparsed: number
  /** At the end: the columns. */
  children: ReactNode
}

/** How much is shown, and what of it could not be parsed. */
function PreviewFoot({ preview, unparsed, children }: PreviewFootProps) {
  return (
    <div className="pane-foot">
      <span>{sayExtent(preview)}</span>
      <PreviewEntries preview={preview} />
      {unparsed > 0 && <span>{formatCount(unparsed)} could not be parsed</span>}
      <span className="end" />
      {children}
    </div>
  )
}

/** How much of the files is shown: `"First 1,000 records of 1 file"`, `"50 records of 50 files"`. */
function sayExtent(preview: FilesPreview): string {
  const { records, truncatedBy, sizeBytes, further } = preview
  const files = countUsedFiles(preview)
  if (files > 1) return `${formatQuantity(records, 'record')} of ${formatQuantity(files, 'file')}`
  if (records === 0)
    return further.length > 0
      ? `No record of ${formatQuantity(1 + further.length, 'file')}`
      : `No record of 1 file, ${formatBytes(sizeBytes)}`
  if (truncatedBy === null)
    return `${records === 1 ? 'The one record' : `All ${formatQuantity(records, 'record')}`} of 1 file, ${formatBytes(sizeBytes)}`
  return `First ${formatQuantity(records, 'record')} of 1 file`
}
