'use client'

import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { MiddleTruncate } from '#components/ui/middle-truncate'
import { Popover } from '#components/ui/popover'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatCount, formatQuantity } from '#lib/domain/format'
import { OutsideNote } from './outside-note'
import { sayEnd } from './sample-label'

const SHOWN = 50

interface SampleNotesProps {
  dataset: Dataset
  sample: Sample
  /** Reads less, where the time was over. */
  less: ReactNode
}

/** What is to be known of a sample: what ended it early, what could not be read. */
export function SampleNotes({ dataset, sample, less }: SampleNotesProps) {
  const ended = sayEnd(sample)
  const { problems, problemsLeftOut = 0 } = sample
  const total = problems.length + problemsLeftOut
  return (
    <>
      <OutsideNote dataset={dataset} sample={sample} />
      {(ended || problems.length > 0) && (
        <Notes
          dataset={dataset}
          sample={sample}
          ended={ended}
          less={sample.endedBy === 'size' ? null : less}
          total={total}
        />
      )}
    </>
  )
}

interface NotesProps {
  dataset: Dataset
  sample: Sample
  ended: string | null
  less: ReactNode
  /** Problems that are listed, and those that are not. */
  total: number
}

const Warning = ({ children }: { children: ReactNode }) => (
  <span className="row">
    <Icon name="alert" tone="warn" />
    <span>{children}</span>
  </span>
)

function Notes({ dataset, sample: { problems }, ended, less, total }: NotesProps) {
  return (
    <div className="toolbar" role="status">
      {ended && (
        <>
          <Warning>{ended}</Warning>
          {less}
        </>
      )}
      {problems.length > 0 && (
        <>
          <Warning>{formatQuantity(total, 'problem')} in the files of this sample</Warning>
          <Popover
            title="Problems in the files of this sample"
            trigger={
              <Button variant="ghost" small>
                Show
              </Button>
            }
          >
            <Problems dataset={dataset} problems={problems} total={total} />
          </Popover>
        </>
      )}
    </div>
  )
}

interface ProblemsProps {
  dataset: Dataset
  problems: Sample['problems']
  /** Of them and those that are not listed. */
  total: number
}

function Problems({ dataset, problems, total }: ProblemsProps) {
  const root = dataset.definition.params.path.replace(/\/$/, '')
  return (
    <ul className="stack gap-3 w-104 max-w-full max-h-80 overflow-auto">
      {problems.slice(0, SHOWN).map((problem) => (
        <li key={`${problem.path} ${problem.reason} ${problem.record ?? ''} ${problem.offset ?? ''}`}>
          <p>{problem.message}</p>
          <p className="small muted flex min-w-0">
            <MiddleTruncate text={whole(root, problem.path)} what="object key" />
          </p>
          <p className="small muted mono">
            {[
              problem.reason,
              problem.record !== undefined && `record ${formatCount(problem.record)}`,
              problem.offset !== undefined && `byte ${formatCount(problem.offset)}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {problem.remedy && <p className="small">{problem.remedy}</p>}
        </li>
      ))}
      {total > SHOWN && (
        <li className="small muted">
          The first {SHOWN} of {formatCount(total)}
        </li>
      )}
    </ul>
  )
}

/** Some problems name the object by its whole path already. */
const whole = (root: string, path: string) => (path.startsWith(`${root}/`) ? path : root + path)
