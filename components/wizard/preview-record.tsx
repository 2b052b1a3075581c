'use client'

import { useMemo, useState } from 'react'
import { RecordPanel } from '#components/grid/record-panel'
import { WholeValue } from '#components/grid/whole-value'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { KeyValue } from '#components/ui/key-value'
import { MiddleTruncate } from '#components/ui/middle-truncate'
import { Panel } from '#components/ui/panel'
import { SearchField } from '#components/ui/search-field'
import { Segmented } from '#components/ui/segmented'
import { type FilesPreview, fileOfRow } from '#lib/domain/datasets/files-preview'
import { formatCount, formatQuantity } from '#lib/domain/format'
import { cellOf, rawOf } from './preview-cells'

interface PreviewRecordPanelProps {
  preview: FilesPreview
  record: FilesPreview['rows'][number]
  onPrevious: (() => void) | null
  onNext: (() => void) | null
  onClose: () => void
}

/** One record of a preview, whole: its values one below the other, or as the file holds it. */
export function PreviewRecordPanel({ preview, record, ...steps }: PreviewRecordPanelProps) {
  const isWhole = preview.columns.length <= 1 || record.unparsed !== undefined || record.tooLarge
  return (
    <div className="md:absolute md:inset-y-0 md:end-0 md:z-10 md:flex md:max-w-full">
      {isWhole ? (
        <RecordPanel
          {...steps}
          number={record.number}
          raw={rawOf(record)}
          objectKey={fileOfRow(preview, record)}
          facts={[
            { key: 'In the archive', value: record.entry, mono: true },
            { key: 'Not parsed', value: record.unparsed },
            {
              key: 'Too large',
              value:
                record.tooLarge && `${formatCount(record.chars ?? 0)} characters; here are its first 64 KiB.`,
            },
          ]}
        />
      ) : (
        <ValuesPanel {...steps} preview={preview} record={record} />
      )}
    </div>
  )
}

/** As many as one looks through; the others are found by name. */
const MOST_VALUES = 200

function ValuesPanel({ preview, record, onPrevious, onNext, onClose }: PreviewRecordPanelProps) {
  const [view, setView] = useState<'values' | 'raw'>('values')
  // Kept here, so that a look at the raw text and the step to another record leave it as it is.
  const [query, setQuery] = useState('')
  const raw = rawOf(record)
  return (
    <Panel
      title={`Record ${formatCount(record.number)}`}
      width={432}
      closeLabel="Close record"
      onClose={onClose}
      actions={
        <>
          <Step way="Previous" icon="left" end="first" go={onPrevious} />
          <Step way="Next" icon="right" end="last" go={onNext} />
        </>
      }
    >
      <KeyValue
        entries={[
          { key: 'Object', value: <MiddleTruncate text={fileOfRow(preview, record)} what="object key" /> },
          { key: 'In the archive', value: record.entry, mono: true },
          { key: 'Length', value: formatQuantity(record.chars ?? raw.length, 'character'), mono: true },
        ]}
      />
      <div className="row">
        <Segmented
          label="View"
          value={view}
          onValueChange={setView}
          choices={[
            { value: 'values', label: 'Values' },
            { value: 'raw', label: 'Raw' },
          ]}
        />
        <CopyButton value={raw} label="Copy record" className="end">
          Copy
        </CopyButton>
      </div>
      {view === 'raw' ? (
        <pre className="json">{raw}</pre>
      ) : (
        <Values preview={preview} record={record} query={query} onQueryChange={setQuery} />
      )}
    </Panel>
  )
}

interface ValuesProps extends Pick<PreviewRecordPanelProps, 'preview' | 'record'> {
  query: string
  onQueryChange: (query: string) => void
}

/** The values of a record under the names of their columns; of many columns they are found by name. */
function Values({ preview: { columns }, record, query, onQueryChange }: ValuesProps) {
  const found = useMemo(
    () =>
      columns.flatMap(({ name }, index) =>
        name.toLowerCase().includes(query.toLowerCase()) ? [{ name, index }] : [],
      ),
    [columns, query],
  )
  return (
    <>
      {columns.length > 20 && (
        <SearchField label="Search columns" value={query} onValueChange={onQueryChange} />
      )}
      <dl className="grid gap-3">
        {found.slice(0, MOST_VALUES).map(({ name, index }) => (
          <div key={index} className="grid min-w-0 gap-0.5">
            <dt className="mono muted wrap-anywhere">{name}</dt>
            <dd className="min-w-0">
              <WholeValue value={cellOf(record, index)} />
            </dd>
          </div>
        ))}
      </dl>
      {found.length === 0 && <p className="small muted">No column has this in its name.</p>}
      {found.length > MOST_VALUES && (
        <p className="small muted">
          The first {MOST_VALUES} of {formatCount(found.length)}; search for the others.
        </p>
      )}
    </>
  )
}

interface StepProps {
  way: 'Previous' | 'Next'
  icon: 'left' | 'right'
  end: 'first' | 'last'
  go: (() => void) | null
}

const Step = ({ way, icon, end, go }: StepProps) => (
  <Button
    variant="ghost"
    small
    square
    icon={icon}
    aria-label={`${way} record`}
    disabledReason={go ? null : `This is the ${end} record.`}
    onClick={() => go?.()}
  />
)
