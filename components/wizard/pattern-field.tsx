'use client'

import { type ReactNode, useId, useMemo, useState } from 'react'
import { Anatomy, type AnatomyGroup } from '#components/ui/anatomy'
import { Button } from '#components/ui/button'
import { ErrorLine } from '#components/ui/error-line'
import { FieldContext } from '#components/ui/field-context'
import { PatternInput } from '#components/ui/pattern-input'
import { Select } from '#components/ui/select'
import { Status } from '#components/ui/status'
import { describeAnatomy } from '#lib/domain/partitioning/anatomy'
import { compileMatcher } from '#lib/domain/partitioning/matcher'
import { type PatternReading, readPathPattern } from '#lib/domain/partitioning/path-pattern'
import { fixPattern } from './pattern-fix'
import { makeSegmentDimension } from './segment-dimension'
import type { WizardTabProps } from './tab-props'

interface PatternFieldProps extends WizardTabProps {
  /** What a listing says of it, in place of the examples' own count. */
  matched: ReactNode
}

/** The pattern, its mistakes as one types, and an example path taken apart by it. */
export function PatternField({ state, dispatch, source, readOnly, matched }: PatternFieldProps) {
  const id = useId()
  const { dimensions, filePathPattern: pattern = '' } = state.definition.partitioning
  const reading = useMemo(() => readPathPattern(pattern, dimensions), [pattern, dimensions])
  const [issue] = reading.issues
  const fix = issue && fixPattern(pattern, issue)
  const setPattern = (next: string) => dispatch({ step: 'set-pattern', pattern: next })
  const shown = issue && pattern !== '' ? issue : undefined
  const wiring = useMemo(
    () => ({ id, describedBy: `${id}-state`, invalid: Boolean(shown), required: false }),
    [id, shown],
  )
  return (
    <div className="stack gap-2.5">
      <div>
        <div className="row mb-1.5">
          <label htmlFor={id} className="font-medium">
            Pattern
          </label>
          <span className="small muted end only-l">
            matched against the path below <span className="mono">{state.definition.params.path}</span>
          </span>
        </div>
        <FieldContext value={wiring}>
          <PatternInput
            value={pattern}
            readOnly={Boolean(readOnly)}
            onValueChange={setPattern}
            spans={reading.tokens.filter(({ kind }) => kind === 'time' || kind === 'value')}
            issues={shown ? reading.issues : []}
          />
        </FieldContext>
        <div className="pattern-state" id={`${id}-state`}>
          {shown && <ErrorLine>{sayIssue(shown)}</ErrorLine>}
          {!issue && (matched ?? <MatchesExamples reading={reading} examples={source.examples} />)}
          {!issue &&
            reading.warnings.map((warning) => (
              <Status key={warning.reason} kind="warn">
                {warning.message}
              </Status>
            ))}
          {shown && fix && !readOnly && (
            <Button small className="end" onClick={() => setPattern(fix.pattern)}>
              {fix.label}
            </Button>
          )}
        </div>
      </div>
      <Example
        reading={pattern === '' ? ANYTHING : reading}
        examples={source.examples}
        dimensions={dimensions}
        onChange={readOnly ? null : (partitioning) => dispatch({ step: 'use-suggestion', partitioning })}
      />
    </div>
  )
}

/** What an example is taken apart by as long as there is no pattern: all of it is free. */
const ANYTHING = readPathPattern('/.*', [])

const sayIssue = ({ message, start }: { message: string; start?: number }) =>
  start === undefined || /at character/.test(message) ? message : `${message} (at character ${start + 1})`

function MatchesExamples({ reading, examples }: { reading: PatternReading; examples: readonly string[] }) {
  const { pattern } = reading
  const count = useMemo(() => {
    if (!pattern) return 0
    const matcher = compileMatcher(pattern)
    return examples.filter((path) => matcher.match(path).ok).length
  }, [pattern, examples])
  if (!pattern || examples.length === 0) return null
  return (
    <Status kind={count === examples.length ? 'ok' : 'warn'}>
      matches <span className="num">{count}</span> of <span className="num">{examples.length}</span> example{' '}
      {examples.length === 1 ? 'path' : 'paths'}
    </Status>
  )
}

interface ExampleProps {
  reading: PatternReading
  examples: readonly string[]
  dimensions: WizardTabProps['state']['definition']['partitioning']['dimensions']
  onChange: ((partitioning: NonNullable<ReturnType<typeof makeSegmentDimension>>) => void) | null
}

const MOST_OFFERED = 20

function Example({ reading, examples, dimensions, onChange }: ExampleProps) {
  const [wanted, setWanted] = useState<string | null>(null)
  const offered = examples.slice(0, MOST_OFFERED)
  const path = wanted !== null && offered.includes(wanted) ? wanted : offered[0]
  const anatomy = useMemo(
    () => (path === undefined ? null : describeAnatomy(reading, path, dimensions)),
    [reading, path, dimensions],
  )
  if (!anatomy || path === undefined) return null
  const groups = anatomy.groups
    .filter(({ kind }) => kind !== 'separator')
    .map(
      (group): AnatomyGroup => ({
        id: String(group.start),
        tag: reading === ANYTHING ? 'choose a part to make it a dimension' : group.label,
        rest: group.kind !== 'value' && group.kind !== 'time',
        ...(group.kind === 'value' ? { icon: 'fork' } : {}),
        ...(group.kind === 'time' ? { icon: 'calendar' } : {}),
        segments: group.segments.map((segment) => {
          const change =
            onChange && makeSegmentDimension({ reading, anatomy, dimensions, start: segment.start })
          return change
            ? {
                text: segment.text,
                action: `make ${segment.text} a dimension`,
                onChoose: () => onChange(change),
              }
            : { text: segment.text }
        }),
      }),
    )
  return (
    <div>
      <Anatomy groups={groups} />
      {offered.length > 1 && (
        <div className="row mt-1">
          <span className="small muted" aria-hidden="true">
            Example
          </span>
          <Select
            mono
            aria-label="Example path"
            className="min-w-0 max-w-full"
            value={path}
            choices={offered.map((value) => ({ value, label: value }))}
            onValueChange={setWanted}
          />
        </div>
      )}
    </div>
  )
}
