'use client'

import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { Progress } from '#components/ui/progress'
import { useNowMs } from '#components/ui/time'
import { findFormatKind } from '#lib/domain/formats/catalogue'
import type { WizardTabProps } from '../tab-props'
import { Consistency } from './consistency'
import { SchemaReview } from './schema-review'
import type { Question, SchemaReading } from './use-schema-reading'

const QUESTIONS: readonly { question: Question; label: string }[] = [
  { question: 'check', label: 'Check consistency' },
  { question: 'redetect', label: 'Redetect' },
  { question: 'infer', label: 'Infer types' },
]

/** What the files can be asked about the schema, and what they answer. */
export function SchemaTools({ reading, ...props }: WizardTabProps & { reading: SchemaReading }) {
  const { state, dispatch, source, readOnly } = props
  const { answer, asked, error, close } = reading
  const disabled = readOnly ?? source.preview.missing?.message ?? null
  return (
    <>
      <div className="row wrap">
        {QUESTIONS.map(({ question, label }) => (
          <Button
            key={question}
            busy={asked === question}
            disabledReason={disabled ?? (asked ? 'The files are being read.' : null)}
            onClick={() => reading.ask(question)}
          >
            {label}
          </Button>
        ))}
        <FormatChecks {...props} />
      </div>
      <Slowness reading={reading} />
      {error ? <ProblemNotice error={error} /> : null}
      {answer?.question === 'check' && (
        <Consistency
          answer={answer}
          isOld={answer.columns !== state.definition.schema.columns}
          now={state.definition.schema.columns}
          onAdd={readOnly ? null : (columns) => dispatch({ step: 'add-columns', columns })}
          onClose={close}
        />
      )}
      {answer && answer.question !== 'check' && (
        <SchemaReview
          key={answer.report.readAt}
          answer={answer}
          columns={state.definition.schema.columns}
          onApply={(columns) => {
            dispatch({ step: 'set-columns', columns })
            close()
          }}
          onClose={close}
        />
      )}
    </>
  )
}

/** Settings of the format that decide which columns there are. */
function FormatChecks({ state, dispatch, readOnly }: WizardTabProps) {
  const { formatType, formatParams } = state.definition
  const fields = findFormatKind(formatType)?.fields ?? []
  return fields.map((field) => {
    if (field.widget !== 'check' || !field.alsoOnSchema) return null
    const { name, label } = field
    const isOn = formatParams[name] === true
    return (
      <Button
        key={name}
        icon="json"
        disabledReason={readOnly ?? null}
        aria-pressed={isOn}
        onClick={() => dispatch({ step: 'set-format-params', params: { [name]: !isOn } })}
      >
        {label}
      </Button>
    )
  })
}

const SLOW_MS = 1_000

/** From one second on: that files are read, since when, and the way to stop it. */
function Slowness({ reading: { startedAtMs, stop } }: { reading: SchemaReading }) {
  const nowMs = useNowMs()
  if (startedAtMs === null || nowMs === null || nowMs - startedAtMs < SLOW_MS) return null
  const seconds = Math.floor((nowMs - startedAtMs) / 1_000)
  return <Progress label="Reading up to 8 files" done={seconds} unit="s" onCancel={stop} />
}
