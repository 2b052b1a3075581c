'use client'

import { useMemo, useState } from 'react'
import { Button, LinkButton } from '#components/ui/button'
import { Status } from '#components/ui/status'
import { formatCount, formatQuantity } from '#lib/domain/format'
import { readPathPattern } from '#lib/domain/partitioning/path-pattern'
import { PERIOD_LABELS } from '#lib/domain/partitioning/periods'
import { suggestPartitioning } from '#lib/domain/partitioning/suggest'
import { DimensionList } from './dimension-list'
import { PartitionsFound } from './partitions-found'
import { PatternField } from './pattern-field'
import type { WizardTabProps } from './tab-props'
import { Unmatched } from './unmatched'

/** How paths become partitions: pattern, dimensions, and what a listing finds by them. */
export function PartitioningTab(props: WizardTabProps) {
  const { state, dispatch, readOnly } = props
  const { dimensions, filePathPattern = '' } = state.definition.partitioning
  const active = state.partitioningActive || dimensions.length > 0
  if (!active) {
    return (
      <div className="stack justify-items-start">
        <p>Partitioning is not yet activated for this dataset</p>
        <p className="muted max-w-prose">
          A partitioned dataset is read by parts, such as one day of one node, as its files’ paths tell them
          apart.
        </p>
        <Button disabledReason={readOnly} onClick={() => dispatch({ step: 'activate-partitioning' })}>
          Activate partitioning
        </Button>
      </div>
    )
  }
  return <Activated {...props} begun={dimensions.length > 0 || filePathPattern !== ''} />
}

function Activated({ begun, ...props }: WizardTabProps & { begun: boolean }) {
  const { state, dispatch, source, readOnly } = props
  const [unmatched, setUnmatched] = useState(false)
  const summary = source.partitionsAreCurrent ? source.partitions.report : null
  const kept = summary && summary.ledger.matched + summary.ledger.unmatched
  const matched = summary && (
    <>
      <Status kind={summary.ledger.unmatched === 0 ? 'ok' : 'warn'}>
        matches <span className="num">{formatCount(summary.ledger.matched)}</span> of{' '}
        <span className="num">{formatCount(kept ?? 0)}</span> {kept === 1 ? 'file' : 'files'}
        {!summary.complete && ' so far'}
      </Status>
      {summary.ledger.unmatched > 0 && (
        <LinkButton aria-expanded={unmatched} onClick={() => setUnmatched((now) => !now)}>
          {formatCount(summary.ledger.unmatched)} unmatched
        </LinkButton>
      )}
    </>
  )
  return (
    <div className="stack gap-5">
      {!begun && <Suggestion {...props} />}
      <PatternField {...props} matched={matched} />
      {unmatched && summary && <Unmatched groups={summary.ledger.unmatchedGroups} />}
      <DimensionList {...props} />
      <PartitionsFound state={state} source={source} />
      {!readOnly && (
        <p>
          <LinkButton onClick={() => dispatch({ step: 'deactivate-partitioning' })}>
            Deactivate partitioning
          </LinkButton>
        </p>
      )}
    </div>
  )
}

function Suggestion({ dispatch, source, readOnly }: WizardTabProps) {
  const { examples } = source
  const suggestion = useMemo(() => suggestPartitioning(examples)[0], [examples])
  if (examples.length === 0) {
    return <p className="muted">List files on the Files tab first to get a suggestion from their paths.</p>
  }
  if (!suggestion) {
    return (
      <p className="muted">
        No dates were found in the folders of {formatQuantity(examples.length, 'example path')}, so there is
        nothing to suggest. Write a pattern, or choose parts of the example.
      </p>
    )
  }
  const { dimensions, filePathPattern, matched, total } = suggestion
  const tokens = readPathPattern(filePathPattern, dimensions).text
  return (
    <section className="card card-pad stack gap-2" aria-label="Suggested partitioning">
      <p>
        Suggested from {formatQuantity(total, 'path')}: <code>{tokens}</code>
      </p>
      <p className="small muted">
        {dimensions
          .map((one) =>
            one.type === 'time'
              ? `${one.name} by ${PERIOD_LABELS[one.params.period].toLowerCase()}`
              : one.name,
          )
          .join(', ')}{' '}
        · matches {formatCount(matched)} of {formatCount(total)}
      </p>
      <Button
        className="justify-self-start"
        disabledReason={readOnly}
        onClick={() =>
          dispatch({
            step: 'use-suggestion',
            partitioning: { filePathPattern, dimensions: dimensions.map((one) => ({ ...one })) },
          })
        }
      >
        Use suggested partitioning
      </Button>
    </section>
  )
}
