'use client'

import type { ReactNode } from 'react'
import { Figures } from '#components/ui/figures'
import { Ledger } from '#components/ui/ledger'
import { MiddleTruncate } from '#components/ui/middle-truncate'
import { PathText } from '#components/ui/path-text'
import { type Column, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import type { FileEntry, FileKind, FilesReport } from '#lib/domain/datasets/files-wire'
import { type ScanBudget, sayRest } from '#lib/domain/datasets/say-scan'
import { formatBytes, formatCount } from '#lib/domain/format'
import { KindsFound } from './kinds-found'
import { LeftOut } from './left-out'
import { ListingState, NothingThere } from './listing-state'
import type { WizardSource } from './use-wizard-source'

interface FilesFoundProps {
  source: WizardSource
  /** The refusal stands at the path. */
  pathRefused: boolean
  onList: (budget?: ScanBudget) => void
  onKeepOnly: ((kind: FileKind) => (() => void) | null) | null
  /** What is to be known of the files before what they are. */
  notices: ReactNode
}

/** What List files found: how many, how large, how new, where everything went, and the newest ones. */
export function FilesFound({ source, pathRefused, onList, onKeepOnly, notices }: FilesFoundProps) {
  const { files, filesAreCurrent, filesPlace } = source
  const { report } = files
  const idle =
    !report &&
    !files.busy &&
    !files.looking &&
    files.cost === null &&
    (!files.error || pathRefused) &&
    !files.stopped
  if (idle) return null
  return (
    <section className="stack mt-3" aria-label="Files">
      <div className="section-head m-0!">
        <h2 className="text-[14px]! leading-5!">Files</h2>
        {report && (
          <p className="end">
            Listed <Time at={report.listedAt} as="clock" />
            {filesPlace !== null && (
              <>
                {' in '}
                <span className="mono wrap-anywhere">
                  <PathText path={filesPlace} />
                </span>
              </>
            )}
            {!filesAreCurrent && ', before this change'}
          </p>
        )}
      </div>
      <ListingState
        listing={files}
        label="Listing files"
        told={pathRefused}
        onList={onList}
        rest={report && sayRest(report)}
        hasBudget
      />
      {notices}
      {report && (
        <div className={filesAreCurrent && !files.busy ? 'stack' : 'stack stale'}>
          {report.emptyBecause === null ? (
            <Found report={report} onKeepOnly={onKeepOnly} />
          ) : (
            <NothingThere because={report.emptyBecause} onCheck={() => onList()} />
          )}
        </div>
      )}
    </section>
  )
}

function Found({ report, onKeepOnly }: { report: FilesReport; onKeepOnly: FilesFoundProps['onKeepOnly'] }) {
  const { excluded } = report
  return (
    <>
      <Figures
        compact
        items={[
          { label: 'Files', value: formatCount(report.kept) },
          { label: 'Size', value: formatBytes(report.keptBytes) },
          {
            label: 'Newest',
            value: report.lastModifiedAt ? <Time at={report.lastModifiedAt} /> : '–',
          },
        ]}
      />
      <KindsFound report={report} onKeepOnly={onKeepOnly} />
      <Ledger
        label={report.complete ? 'Listed' : 'Listed so far'}
        total={report.listed}
        terms={[
          { count: report.kept, label: 'kept' },
          { count: excluded.rule, label: 'excluded by rule' },
          {
            count: excluded.folderMarker,
            label: excluded.folderMarker === 1 ? 'folder marker' : 'folder markers',
          },
          { count: excluded.archived, label: 'archived' },
        ]}
      />
      <LeftOut report={report} />
      {report.firstModifiedAt && report.lastModifiedAt && (
        <p className="small muted">
          {report.firstModifiedAt === report.lastModifiedAt ? (
            'Changed '
          ) : (
            <>
              Changed between <Time at={report.firstModifiedAt} as="exact" /> and{' '}
            </>
          )}
          <Time at={report.lastModifiedAt} as="exact" />
        </p>
      )}
      {report.newest.length > 0 && (
        <Table
          label="Newest files"
          cards={false}
          columns={COLUMNS}
          rows={report.newest}
          rowKey={({ path }) => path}
        />
      )}
    </>
  )
}

const COLUMNS: Column<FileEntry>[] = [
  {
    id: 'path',
    header: 'Newest files',
    look: 'clip',
    cell: ({ path }) => <MiddleTruncate text={path} tail={21} what="path" />,
  },
  {
    id: 'size',
    header: 'Size',
    look: 'num',
    width: 88,
    wideOnly: true,
    cell: ({ sizeBytes }) => formatBytes(sizeBytes),
  },
  {
    id: 'changed',
    header: 'Changed',
    look: 'when',
    width: 104,
    cell: ({ modifiedAt }) => <Time at={modifiedAt} />,
  },
]
