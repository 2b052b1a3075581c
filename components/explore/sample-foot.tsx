import { GridUpdating } from '#components/grid/grid-updating'
import { Time } from '#components/ui/time'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import { formatCount, formatDuration } from '#lib/domain/format'
import type { SampleView } from './sample-view'

interface SampleFootProps {
  sample: Sample
  /** Rows that the filter leaves. */
  shown: number
  view: SampleView
  updating: boolean
}

/** How many records, and when they were read. */
export function SampleFoot({ sample, shown, view, updating }: SampleFootProps) {
  const { rows, readAt, durationMs } = sample
  return (
    <div className="pane-foot">
      <span role="status">
        <span className="num">{formatCount(shown)}</span>
        {shown < rows.length && (
          <>
            {' of '}
            <span className="num">{formatCount(rows.length)}</span>
          </>
        )}{' '}
        {rows.length === 1 ? 'record' : 'records'}
        {view.contains !== '' && (shown === 1 ? ' of this sample matches' : ' of this sample match')}
      </span>
      {view.sort && (
        <span className="only-l">
          · sample sorted by <span className="mono">{view.sort.column}</span>, {view.sort.direction}
        </span>
      )}
      <span className="only-l">
        · read <Time at={readAt} as="exact" /> in {formatDuration(durationMs)}
      </span>
      <GridUpdating updating={updating} />
      <span className="end" />
      <span className="only-l">
        <span className="kbd">Enter</span> opens a record
      </span>
    </div>
  )
}
