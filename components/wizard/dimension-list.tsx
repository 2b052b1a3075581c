'use client'

import { useId } from 'react'
import { Button } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import { Status } from '#components/ui/status'
import { PERIOD_LABELS, PERIODS } from '#lib/domain/partitioning/periods'
import type { PartitioningWire } from '#lib/domain/partitioning/wire'
import type { WizardTabProps } from './tab-props'

type Dimension = PartitioningWire['dimensions'][number]

const PERIOD_CHOICES = PERIODS.map((value) => ({ value, label: PERIOD_LABELS[value] }))

/** The dimensions in the order in which ids list their values. */
export function DimensionList({ state, dispatch, problems, readOnly }: WizardTabProps) {
  const onceId = useId()
  const { dimensions } = state.definition.partitioning
  const hasTime = dimensions.some(({ type }) => type === 'time')
  const mistakes = problems.filter((one) => one.tab === 'partitioning' && one.field === 'Name')
  return (
    <section aria-label="Dimensions">
      <h2 className="text-[14px]! leading-5! mb-2">Dimensions</h2>
      {dimensions.length > 0 && (
        <ul className="dims" aria-label="Dimensions">
          {dimensions.map((dimension, index) => (
            <DimensionRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a dimension is its place while its name is being typed
              key={index}
              dimension={dimension}
              index={index}
              last={index === dimensions.length - 1}
              mistake={mistakes.find(({ path }) => path?.[0] === index)?.message}
              dispatch={dispatch}
              readOnly={readOnly ?? null}
            />
          ))}
        </ul>
      )}
      {mistakes.map(({ message }) => (
        <Status key={message} kind="bad">
          {message}
        </Status>
      ))}
      <div className="row wrap mt-2">
        <Button
          small
          icon="plus"
          disabledReason={readOnly}
          onClick={() => dispatch({ step: 'add-dimension', type: 'value' })}
        >
          Add discrete dimension
        </Button>
        <Button
          small
          icon="plus"
          disabledReason={readOnly ?? (hasTime ? 'There can only be one time dimension.' : null)}
          reasonId={!readOnly && hasTime ? onceId : undefined}
          onClick={() => dispatch({ step: 'add-dimension', type: 'time' })}
        >
          Add time dimension
        </Button>
        {hasTime && (
          <span className="small muted" id={onceId}>
            There can only be one time dimension.
          </span>
        )}
      </div>
    </section>
  )
}

interface DimensionRowProps extends Pick<WizardTabProps, 'dispatch'> {
  dimension: Dimension
  index: number
  last: boolean
  mistake: string | undefined
  readOnly: string | null
}

function DimensionRow({ dimension, index, last, mistake, dispatch, readOnly }: DimensionRowProps) {
  const id = useId()
  const { name } = dimension
  const tool = { variant: 'ghost', small: true, square: true } as const
  return (
    <li>
      <Icon name={dimension.type === 'time' ? 'calendar' : 'fork'} />
      <span className="kind">{dimension.type === 'time' ? 'Time' : 'Discrete'}</span>
      <span className="row fld">
        <label htmlFor={`${id}-name`}>Name</label>
        <Input
          mono
          id={`${id}-name`}
          spellCheck={false}
          value={name}
          readOnly={Boolean(readOnly)}
          aria-invalid={mistake ? true : undefined}
          onChange={({ target }) => dispatch({ step: 'rename-dimension', index, name: target.value })}
        />
      </span>
      {dimension.type === 'time' && (
        <span className="row fld">
          <label htmlFor={`${id}-period`}>Period</label>
          <Select
            id={`${id}-period`}
            value={dimension.params.period}
            choices={PERIOD_CHOICES}
            disabled={Boolean(readOnly)}
            onValueChange={(period) => dispatch({ step: 'set-period', period })}
          />
        </span>
      )}
      <span className="tools">
        <Button
          {...tool}
          icon="move-up"
          aria-label={`Move ${name} up`}
          disabledReason={readOnly ?? (index === 0 ? 'It is the first already.' : null)}
          onClick={() => dispatch({ step: 'move-dimension', index, by: -1 })}
        />
        <Button
          {...tool}
          icon="move-down"
          aria-label={`Move ${name} down`}
          disabledReason={readOnly ?? (last ? 'It is the last already.' : null)}
          onClick={() => dispatch({ step: 'move-dimension', index, by: 1 })}
        />
        <Button
          {...tool}
          icon="trash"
          aria-label={`Delete ${name}`}
          disabledReason={readOnly}
          onClick={() => dispatch({ step: 'remove-dimension', index })}
        />
      </span>
    </li>
  )
}
