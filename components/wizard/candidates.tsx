'use client'

import type { ReactNode } from 'react'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { LinkButton } from '#components/ui/link-button'
import { Skeleton } from '#components/ui/skeleton'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { isReadAsTold } from '#lib/domain/datasets/wizard-format'
import { formatQuantity } from '#lib/domain/format'
import type { FormatSettings } from '#lib/domain/formats/catalogue'
import type { Detection, FormatCandidate } from '#lib/domain/formats/detection'
import { isSure, sayConfidence, sayLookedAt } from './detected'
import { LookedAt } from './looked-at'

interface CandidatesProps {
  detection: Detection | null
  error: Error | null
  onRetry: () => void
  definition: DatasetDefinition
  readOnly: boolean
  onUse: (format: FormatSettings) => void
}

/** What the files look like: the ways to read them, the best one first, each with what speaks for and against it. */
export function Candidates({ detection, error, onRetry, definition, readOnly, onUse }: CandidatesProps) {
  if (!detection) {
    return (
      <LooksLike>
        {error ? (
          <p className="muted small">
            The files could not be looked at: {error.message}{' '}
            <LinkButton onClick={onRetry}>Try again</LinkButton>
          </p>
        ) : (
          <Skeleton label="Looking at the files" rows={2} />
        )}
      </LooksLike>
    )
  }
  const { candidates, files, timestamps } = detection
  const others = candidates.slice(1)
  const common = { definition, readOnly, onUse }
  return (
    <LooksLike note={sayLookedAt(files)}>
      {candidates.length === 0 ? (
        <p className="muted small">Nothing was found by which the files could be told.</p>
      ) : (
        <>
          <CandidateList label="Candidates" candidates={candidates.slice(0, 1)} {...common} />
          {others.length > 0 && (
            <details className="small" open={!isSure(candidates[0])}>
              <summary className="cursor-pointer">
                {formatQuantity(others.length, 'other way', 'other ways')} to read them
              </summary>
              <div className="mt-2">
                <CandidateList label="Other candidates" start={2} candidates={others} {...common} />
              </div>
            </details>
          )}
        </>
      )}
      {timestamps.length > 0 && (
        <p className="small muted">
          {timestamps.length === 1 ? 'Times stand in ' : 'Times: '}
          {timestamps.map(({ column, layout, ambiguousWith, example }, index) => (
            <span key={column}>
              {index > 0 && ', '}
              <code>{column}</code> as <code>{layout}</code>
              {ambiguousWith !== undefined && (
                <>
                  {' or '}
                  <code>{ambiguousWith}</code>
                </>
              )}{' '}
              ({example})
            </span>
          ))}
          .
        </p>
      )}
      <LookedAt files={files} />
    </LooksLike>
  )
}

interface CandidateListProps extends Pick<CandidatesProps, 'definition' | 'readOnly' | 'onUse'> {
  label: string
  candidates: readonly FormatCandidate[]
  /** The rank of the first of them. */
  start?: number
}

function CandidateList({ label, candidates, start = 1, definition, readOnly, onUse }: CandidateListProps) {
  return (
    <ol className="evidence gap-4!" aria-label={label} start={start}>
      {candidates.map((candidate, index) => (
        <Candidate
          // biome-ignore lint/suspicious/noArrayIndexKey: a ranking, replaced as a whole
          key={index}
          candidate={candidate}
          isFirst={start + index === 1}
          isUsed={isReadAsTold(definition, candidate.format)}
          readOnly={readOnly}
          onUse={onUse}
        />
      ))}
    </ol>
  )
}

function LooksLike({ note, children }: { note?: string; children: ReactNode }) {
  return (
    // As high as it mostly is, from the beginning: the form below stays where it is.
    <section className="stack gap-2.5 min-h-56 md:min-h-42" aria-label="What it looks like">
      <div className="section-head m-0!">
        <h2 className="text-[14px]! leading-5!">What it looks like</h2>
        {note && <p>{note}</p>}
      </div>
      {children}
    </section>
  )
}

interface CandidateProps {
  candidate: FormatCandidate
  isFirst: boolean
  isUsed: boolean
  readOnly: boolean
  onUse: (format: FormatSettings) => void
}

function Candidate({ candidate, isFirst, isUsed, readOnly, onUse }: CandidateProps) {
  const { format, label, layout, confidence, evidence, lostBecause } = candidate
  const percent = sayConfidence(confidence)
  return (
    <li className="grid gap-1">
      <div className="scale">
        <span>
          {label}
          {layout && !label.includes(layout) && (
            <>
              {' '}
              <Badge tone="info">{layout}</Badge>
            </>
          )}
        </span>
        <span className="track" role="img" aria-label={`${percent} sure`}>
          <i className={isFirst ? undefined : 'second'} style={{ width: `${confidence * 100}%` }} />
        </span>
        <span className="num">{percent}</span>
      </div>
      <div className="flex items-end justify-between gap-3">
        <p className="muted">
          {evidence.join(' ')}
          {lostBecause && ` ${lostBecause}`}
        </p>
        {isUsed ? (
          <span className="flex-none muted">In use</span>
        ) : (
          !readOnly && (
            <Button
              small
              aria-label={`Use this: ${label}`}
              className="flex-none"
              onClick={() => onUse(format)}
            >
              Use this
            </Button>
          )
        )}
      </div>
    </li>
  )
}
