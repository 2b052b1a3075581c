'use client'

import { lazy, Suspense, useState } from 'react'
import { Button } from '#components/ui/button'
import { LinkButton } from '#components/ui/link-button'
import type { PartitioningChange } from '#lib/domain/partitioning/part-choices'
import { countListed } from './count-listed'
import { DimensionList } from './dimension-list'
import { PartitionsFound } from './partitions-found'
import { PatternField } from './pattern-field'
import type { WizardTabProps } from './tab-props'
import { usePartitioningUndo } from './use-partitioning-undo'

const NONE: [] = []

/** When they are looked at: how paths become suggestions is a large part of the wizard's script. */
const Suggestions = lazy(() => import('./suggestions').then((module) => ({ default: module.Suggestions })))

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
  const { state, dispatch, source, readOnly = null } = props
  const [suggesting, setSuggesting] = useState(false)
  const listed = countListed(source)
  const { take, last, undo } = usePartitioningUndo(state, dispatch)
  const use = (change: PartitioningChange) => {
    setSuggesting(false)
    take('The suggestion was used.', change)
  }
  return (
    <div className="stack gap-5">
      {(!begun || suggesting) && (
        <Suspense>
          <Suggestions
            examples={source.examples}
            known={source.files.report?.newest ?? NONE}
            counted={
              listed && { ...listed, filePathPattern: state.definition.partitioning.filePathPattern ?? '' }
            }
            readOnly={readOnly}
            onUse={use}
          />
        </Suspense>
      )}
      <PatternField {...props} onTake={(change) => take('A part of the example was chosen.', change)} />
      {last !== null && !readOnly && (
        <p className="row small">
          <span role="status">{last}</span>
          <LinkButton onClick={undo}>Undo</LinkButton>
        </p>
      )}
      <DimensionList {...props} />
      <PartitionsFound state={state} source={source} />
      {!readOnly && (
        <p className="row wrap">
          {begun && source.examples.length > 0 && (
            <LinkButton aria-expanded={suggesting} onClick={() => setSuggesting(!suggesting)}>
              {suggesting ? 'Hide suggestions' : 'Show suggestions'}
            </LinkButton>
          )}
          <LinkButton onClick={() => dispatch({ step: 'deactivate-partitioning' })}>
            Deactivate partitioning
          </LinkButton>
        </p>
      )}
    </div>
  )
}
