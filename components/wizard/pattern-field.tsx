'use client'

import { type ReactNode, useId, useMemo, useState } from 'react'
import { Button } from '#components/ui/button'
import { ErrorLine } from '#components/ui/error-line'
import { FieldContext } from '#components/ui/field-context'
import { PathText } from '#components/ui/path-text'
import { PatternInput } from '#components/ui/pattern-input'
import { Status } from '#components/ui/status'
import { formatCount, formatQuantity } from '#lib/domain/format'
import type { PartitioningChange } from '#lib/domain/partitioning/part-choices'
import { type PatternReading, readPathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import { tryPattern } from '#lib/domain/partitioning/pattern/try-pattern'
import { countListed } from './count-listed'
import { CoverageBar } from './coverage-bar'
import { PathExample } from './path-example'
import { findSwap, fixPattern } from './pattern-fix'
import type { WizardTabProps } from './tab-props'
import { Unmatched } from './unmatched'

interface PatternFieldProps extends WizardTabProps {
  /** Takes over what choosing a part of the example makes of the partitioning. */
  onTake: (change: PartitioningChange) => void
}

/** The pattern, its mistakes as one types, what it matches, and an example path taken apart by it. */
export function PatternField({ state, dispatch, source, readOnly, onTake }: PatternFieldProps) {
  const [example, setExample] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const [left, setLeft] = useState(false)
  const id = useId()
  const { dimensions, filePathPattern: pattern = '' } = state.definition.partitioning
  const reading = useMemo(() => readPathPattern(pattern, dimensions), [pattern, dimensions])
  const trial = useTrial({ source }, reading)
  const swap = useSwap({ state, source }, reading)
  const [issue] = reading.issues
  const setPattern = (next: string) => dispatch({ step: 'set-pattern', pattern: next })
  const isMissing = pattern === '' && left && !readOnly
  return (
    <div className="stack gap-2.5">
      <div>
        <PatternBox
          id={id}
          reading={reading}
          isMissing={isMissing}
          path={state.definition.params.path}
          readOnly={Boolean(readOnly)}
          onValueChange={setPattern}
          onLeave={() => setLeft(true)}
        />
        <PatternState
          id={`${id}-state`}
          reading={reading}
          isMissing={isMissing}
          coverage={
            trial && (
              <CoverageBar
                matched={trial.matched}
                total={trial.matched + trial.unmatched}
                what={trial.what}
                soFar={trial.soFar}
                open={open}
                onOpen={setOpen}
              />
            )
          }
          swap={swap || null}
          examples={source.examples.length}
          onTake={readOnly ? null : setPattern}
        />
      </div>
      {open && !issue && trial && trial.unmatched > 0 && (
        <Unmatched
          groups={trial.unmatchedGroups}
          reading={reading}
          what={trial.what}
          onExample={setExample}
        />
      )}
      <PathExample
        reading={reading}
        examples={source.examples}
        wanted={example}
        onWant={setExample}
        dimensions={dimensions}
        onChange={readOnly ? null : onTake}
      />
    </div>
  )
}

interface PatternBoxProps extends Pick<PatternStateProps, 'id' | 'reading' | 'isMissing'> {
  /** The path of the dataset, below which the pattern begins. */
  path: string
  readOnly: boolean
  onValueChange: (pattern: string) => void
  onLeave: () => void
}

/** The field itself, with its parts and its mistakes in it; `id` and what follows describe it. */
function PatternBox({ id, reading, isMissing, path, readOnly, onValueChange, onLeave }: PatternBoxProps) {
  const { text, tokens } = reading
  const issues = text === '' ? [] : reading.issues
  const invalid = issues.length > 0 || isMissing
  const wiring = useMemo(() => ({ id, describedBy: `${id}-state`, invalid, required: false }), [id, invalid])
  return (
    <>
      <div className="row mb-1.5">
        <label htmlFor={id} className="font-medium">
          Pattern
        </label>
        <span className="small muted end only-l">
          matched against the path below{' '}
          <span className="mono">
            <PathText path={path} />
          </span>
        </span>
      </div>
      <FieldContext value={wiring}>
        <PatternInput
          value={text}
          readOnly={readOnly}
          onValueChange={onValueChange}
          onBlur={onLeave}
          spans={tokens.filter(({ kind }) => kind === 'time' || kind === 'value')}
          issues={issues}
        />
      </FieldContext>
    </>
  )
}

interface PatternStateProps {
  /** It describes the field. */
  id: string
  reading: PatternReading
  /** The field was left empty. */
  isMissing: boolean
  /** What the pattern matches, where it can be read. */
  coverage: ReactNode
  /** Days and months exchanged, where more examples match so. */
  swap: NonNullable<ReturnType<typeof findSwap>> | null
  /** How many examples there are. */
  examples: number
  /** Takes a mended pattern; null where nothing may be changed. */
  onTake: ((pattern: string) => void) | null
}

/** What is to be said of a pattern, below it: its first mistake or what it matches, and what one click mends. */
function PatternState({ id, reading, isMissing, coverage, swap, examples, onTake }: PatternStateProps) {
  const { text, warnings } = reading
  const [issue] = reading.issues
  const shown = issue && text !== '' ? issue : undefined
  const fix = shown && fixPattern(text, shown)
  return (
    <div className="pattern-state" id={id}>
      {text === '' && <NothingYet isMistake={isMissing} />}
      {shown && <ErrorLine>{sayIssue(shown)}</ErrorLine>}
      {!issue && coverage}
      {!issue &&
        warnings.map((warning) => (
          <Status key={warning.reason} kind="warn">
            {warning.message}
          </Status>
        ))}
      {swap && (
        <Status kind="warn">
          Days and months seem to be the other way round: swapped, the pattern matches{' '}
          {formatCount(swap.matched)} of {formatQuantity(examples, 'example')}.
        </Status>
      )}
      {onTake && swap && (
        <Button small className="end" onClick={() => onTake(swap.pattern)}>
          {swap.label}
        </Button>
      )}
      {onTake && fix && (
        <Button small className="end" onClick={() => onTake(fix.pattern)}>
          {fix.label}
        </Button>
      )}
    </div>
  )
}

/** What to do first; a mistake only once one has been at the field. */
function NothingYet({ isMistake }: { isMistake: boolean }) {
  const text = 'Enter a pattern, or choose a suggestion.'
  return isMistake ? <ErrorLine>{text}</ErrorLine> : <p className="small muted">{text}</p>
}

const sayIssue = ({ message, start }: { message: string; start?: number }) =>
  start === undefined || /at character/.test(message) ? message : `${message} (at character ${start + 1})`

/** Days and months exchanged, if examples match better so. */
function useSwap(
  { state, source }: Pick<WizardTabProps, 'state' | 'source'>,
  { text, pattern }: PatternReading,
) {
  const { dimensions } = state.definition.partitioning
  const { examples } = source
  return useMemo(
    () => pattern && findSwap(text, dimensions, examples, tryPattern(pattern, examples).matched),
    [text, pattern, dimensions, examples],
  )
}

/** What a listing counted of these settings; until there is one, what the examples say. */
function useTrial({ source }: Pick<WizardTabProps, 'source'>, reading: PatternReading) {
  const { examples } = source
  const { pattern } = reading
  const tried = useMemo(() => (pattern ? tryPattern(pattern, examples) : null), [pattern, examples])
  return countListed(source) ?? (tried && { ...tried, what: 'example', soFar: false })
}
