'use client'

import { type ComponentProps, type ReactNode, type Ref, useRef } from 'react'
import { useFieldControl } from './field-context'
import { inkRuns, type PatternIssue, type PatternSpan } from './ink'

export type { PatternIssue, PatternSpan } from './ink'

export interface PatternInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'ref'> {
  value: string
  onValueChange: (value: string) => void
  /** The specifiers to tint, by UTF-16 offsets. */
  spans: readonly PatternSpan[]
  /** Where it breaks: underlined in red. */
  issues?: readonly PatternIssue[]
  ref?: Ref<HTMLInputElement>
}

/** A text with its specifiers tinted: a real input over a layer of ink that scrolls with it. */
export function PatternInput({ value, onValueChange, spans, issues = [], ...rest }: PatternInputProps) {
  const ink = useRef<HTMLDivElement>(null)
  const wired = useFieldControl(rest)
  const invalid = issues.length > 0 || undefined
  return (
    <div className="pattern">
      <div className="ink" aria-hidden="true" ref={ink}>
        {inkRuns(value, spans, issues).map((run) => (
          <Run key={run.start} bad={run.bad} tinted={run.tinted}>
            {value.slice(run.start, run.end)}
          </Run>
        ))}
      </div>
      <input
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        {...rest}
        {...wired}
        {...(invalid ? { 'aria-invalid': true } : {})}
        className="input"
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onScroll={(event) => {
          if (ink.current) ink.current.scrollLeft = event.currentTarget.scrollLeft
        }}
      />
    </div>
  )
}

function Run({ bad, tinted, children }: { bad: boolean; tinted: boolean; children: ReactNode }) {
  if (bad) return <mark className="bad">{children}</mark>
  return tinted ? <mark>{children}</mark> : children
}
