'use client'

import { useState } from 'react'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { LinkButton } from '#components/ui/link-button'
import { PathText } from '#components/ui/path-text'
import type { SuggestedFix } from '#lib/domain/datasets/suggested-fix'
import type { WizardStep } from '#lib/domain/datasets/wizard'
import { formatCount, formatQuantity } from '#lib/domain/format'
import type { FormatProblem } from '#lib/domain/formats/wire'

interface PreviewProblemsProps {
  problems: readonly FormatProblem[]
  /** What mends a problem. */
  fixesOf: (problem: FormatProblem) => readonly SuggestedFix[]
  /** Takes a suggested fix over; null where nothing can be changed. */
  onFix: ((step: WizardStep) => void) | null
  /** Opens a record of the preview; null for one that is not among its rows. */
  openerOf: (problem: FormatProblem) => (() => void) | null
}

/** As many as a person reads; the number of all stands above them. */
const MOST_LISTED = 100

/** Everything that is wrong with the file as the settings read it: where, what stands there, and what mends it. */
export function PreviewProblems({ problems, ...rest }: PreviewProblemsProps) {
  const [all, setAll] = useState(false)
  const [first] = problems
  if (!first) return null
  const isOne = problems.length === 1
  const shown = all ? problems.slice(0, MOST_LISTED) : [first]
  return (
    <div className="max-h-72 flex-none overflow-auto p-4">
      <Banner
        tone="warn"
        title={isOne ? sayProblem(first) : formatQuantity(problems.length, 'problem')}
        actions={
          isOne ? undefined : (
            <Button small aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? 'Show the first' : 'Show all'}
            </Button>
          )
        }
      >
        <ul className="col-start-2 grid gap-3">
          {shown.map((problem, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one file may have the same problem twice
            <li key={index}>
              {!isOne && <p>{sayProblem(problem)}</p>}
              <ProblemFacts problem={problem} {...rest} />
            </li>
          ))}
        </ul>
        {all && problems.length > MOST_LISTED && <p>These are the first {MOST_LISTED}.</p>}
      </Banner>
    </div>
  )
}

function ProblemFacts({
  problem,
  fixesOf,
  onFix,
  openerOf,
}: Omit<PreviewProblemsProps, 'problems'> & { problem: FormatProblem }) {
  const { excerpt, remedy } = problem
  const fixes = onFix ? fixesOf(problem) : []
  const open = openerOf(problem)
  return (
    <>
      <p className="mono where wrap-anywhere">
        <PathText path={problem.path} />
        {placeOf(problem)}
        {open && (
          <>
            {' · '}
            <LinkButton onClick={open}>Show record</LinkButton>
          </>
        )}
      </p>
      {excerpt !== undefined && <p className="mono wrap-anywhere whitespace-pre-wrap">{excerpt}</p>}
      {remedy && <p>{remedy}</p>}
      {fixes.length > 0 && (
        <p className="mt-1 flex flex-wrap gap-2">
          {fixes.map(({ label, step }) => (
            <Button key={label} small onClick={() => onFix?.(step)}>
              {label}
            </Button>
          ))}
        </p>
      )}
    </>
  )
}

function sayProblem({ message, count }: FormatProblem): string {
  return count !== undefined && count > 1 ? `${message} (${formatCount(count)} times)` : message
}

/** What follows the path: `" · record 3 · byte 512"`. */
function placeOf({ record, offset, column, reason }: FormatProblem): string {
  return [
    '',
    record === undefined ? null : `record ${formatCount(record)}`,
    column === undefined ? null : `column ${column}`,
    offset === undefined ? null : `byte ${formatCount(offset)}`,
    reason.startsWith('ERR_') ? reason : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
