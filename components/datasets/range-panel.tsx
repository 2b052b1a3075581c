'use client'

import { RangeField } from '#components/explore/range-field'
import { writeChoice } from '#components/explore/sample-choice'
import { ButtonLink } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { LinkButton } from '#components/ui/link-button'
import { Panel } from '#components/ui/panel'
import { Table } from '#components/ui/table'
import { useNowMs } from '#components/ui/time'
import { checkRange } from '#lib/domain/datasets/check-range'
import type { PartitionsReport } from '#lib/domain/datasets/partitions-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatBytes, formatCount, formatQuantity } from '#lib/domain/format'
import { datasetAddress } from './dataset-address'

const SHOWN = 200

interface RangePanelProps {
  dataset: Dataset
  report: PartitionsReport
  /** A range specification. */
  range: string
  onRangeChange: (range: string) => void
  onOpen: (id: string) => void
  onClose: () => void
}

/** The chosen partitions, as a range specification and one by one. */
export function RangePanel({ dataset, report, range, onRangeChange, onOpen, onClose }: RangePanelProps) {
  const nowMs = useNowMs() ?? 0
  const check = checkRange(range, dataset.definition.partitioning.dimensions, report, nowMs)
  const ids = new Set(check.ids)
  const chosen = report.ledger.partitions.filter((partition) => ids.has(partition.id))
  const sizeBytes = chosen.reduce((sum, partition) => sum + partition.sizeBytes, 0)
  const files = chosen.reduce((sum, partition) => sum + partition.files, 0)
  const explore = datasetAddress(dataset.projectKey, dataset.name, 'explore')
  return (
    <Panel
      title={`${formatQuantity(chosen.length, 'partition')} chosen`}
      width={360}
      closeLabel="Clear the choice"
      onClose={onClose}
      footer={
        !check.mistake && (
          <ButtonLink href={explore + writeChoice({ records: 10_000, partitions: range })}>
            Explore these
          </ButtonLink>
        )
      }
    >
      <RangeField
        label="Range"
        value={range}
        onValueChange={onRangeChange}
        check={check}
        hint=""
        action={
          <CopyButton value={range} label="Copy range" small={false}>
            Copy
          </CopyButton>
        }
      />
      {chosen.length > 0 && (
        <Table
          label="Chosen partitions"
          cards={false}
          rows={chosen.slice(0, SHOWN)}
          rowKey={(partition) => partition.id}
          columns={[
            {
              id: 'id',
              header: 'Partition',
              look: 'mono',
              cell: ({ id }) => <LinkButton onClick={() => onOpen(id)}>{id}</LinkButton>,
            },
            { id: 'files', header: 'Files', look: 'num', cell: (one) => formatCount(one.files) },
            { id: 'size', header: 'Size', look: 'num', cell: (one) => formatBytes(one.sizeBytes) },
          ]}
        />
      )}
      <p className="small muted">
        {chosen.length > SHOWN && `The first ${SHOWN} of ${formatCount(chosen.length)}. `}
        Sum: {formatQuantity(files, 'file')}, {formatBytes(sizeBytes)}
      </p>
    </Panel>
  )
}
