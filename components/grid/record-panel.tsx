'use client'

import { useMemo, useState } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { KeyValue, type KeyValueEntry } from '#components/ui/key-value'
import { MiddleTruncate } from '#components/ui/middle-truncate'
import { Panel } from '#components/ui/panel'
import { Segmented } from '#components/ui/segmented'
import { formatCount, formatQuantity } from '#lib/domain/format'
import { JsonText } from './json-text'
import { prettyJson } from './record-text'

export interface RecordPanelProps {
  /** Its number in the grid, from 1. */
  number: number
  /** The whole record as the object holds it, a line or a JSON text. */
  raw: string
  /** The key of the object it comes from. */
  objectKey?: string | undefined
  /** Its number in that object, from 1, and how many there are, if known. */
  recordNumber?: number | undefined
  recordCount?: number | undefined
  partition?: string | undefined
  /** More facts, above its length. */
  facts?: readonly KeyValueEntry[]
  onPrevious: (() => void) | null
  onNext: (() => void) | null
  /** Escape or ✕: give the focus back to the grid. */
  onClose: () => void
}

type View = 'pretty' | 'raw'

function sayPlace(number: number | undefined, count: number | undefined): string | null {
  if (number === undefined) return null
  return count === undefined ? formatCount(number) : `${formatCount(number)} of ${formatCount(count)}`
}

/** One whole record beside the grid, pretty or raw, with where it comes from. */
export function RecordPanel(props: RecordPanelProps) {
  const { raw, objectKey, partition, recordNumber, recordCount, facts = [] } = props
  const [wanted, setView] = useState<View>('pretty')
  const pretty = useMemo(() => prettyJson(raw), [raw])
  const view = pretty === null ? 'raw' : wanted
  const text = view === 'pretty' ? (pretty ?? raw) : raw
  return (
    <Panel
      title={`Record ${formatCount(props.number)}`}
      width={432}
      closeLabel="Close record"
      onClose={props.onClose}
      actions={<Steppers onPrevious={props.onPrevious} onNext={props.onNext} />}
    >
      <KeyValue
        entries={[
          { key: 'Partition', value: partition, mono: true },
          { key: 'Object', value: objectKey && <MiddleTruncate text={objectKey} what="object key" /> },
          { key: 'Record', value: sayPlace(recordNumber, recordCount), mono: true },
          ...facts,
          { key: 'Length', value: formatQuantity(raw.length, 'character'), mono: true },
        ]}
      />
      <div className="row">
        {pretty !== null && (
          <Segmented
            label="View"
            value={view}
            onValueChange={setView}
            choices={[
              { value: 'pretty', label: 'Pretty' },
              { value: 'raw', label: 'Raw' },
            ]}
          />
        )}
        <CopyButton value={text} label="Copy record" className="end">
          Copy
        </CopyButton>
      </div>
      <pre className="json">{pretty === null ? raw : <JsonText text={text} />}</pre>
    </Panel>
  )
}

function Steppers({ onPrevious, onNext }: Pick<RecordPanelProps, 'onPrevious' | 'onNext'>) {
  return (
    <>
      <Button
        variant="ghost"
        small
        square
        icon="left"
        aria-label="Previous record"
        disabledReason={onPrevious ? null : 'This is the first record.'}
        onClick={() => onPrevious?.()}
      />
      <Button
        variant="ghost"
        small
        square
        icon="right"
        aria-label="Next record"
        disabledReason={onNext ? null : 'This is the last record.'}
        onClick={() => onNext?.()}
      />
    </>
  )
}
