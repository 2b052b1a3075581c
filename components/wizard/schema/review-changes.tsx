'use client'

import type { ReactNode } from 'react'
import { Checkbox } from '#components/ui/option'
import type { SchemaDiff } from '#lib/domain/datasets/schema-diff'
import { formatQuantity } from '#lib/domain/format'
import { type Change, sayAgainst } from './review-model'
import { ValueAt } from './value-at'

/** Lines that are drawn; the others are counted, and chosen together with their kind. */
const MOST_LISTED = 200

interface ChangesProps {
  changes: readonly Change[]
  chosen: readonly Change[]
  onChoose: (changes: readonly Change[], chosen: boolean) => void
}

/** The lines of a diff, each with its choice; kinds of several lines are chosen at once as well. */
export function Changes({ changes, chosen, onChoose }: ChangesProps) {
  const isChosen = new Set(chosen.map(({ id }) => id))
  return (
    <>
      <Kinds changes={changes} isChosen={isChosen} onChoose={onChoose} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <ul className="schema-changes" aria-label="Changes" tabIndex={0}>
        {changes.slice(0, MOST_LISTED).map((change) => (
          <Line
            key={change.id}
            change={change}
            chosen={isChosen.has(change.id)}
            onChoose={(now) => onChoose([change], now)}
          />
        ))}
        {changes.length > MOST_LISTED && (
          <li className="muted">
            <span />
            The first {MOST_LISTED} of {formatQuantity(changes.length, 'line')}
          </li>
        )}
      </ul>
    </>
  )
}

const KINDS: readonly { of: keyof SchemaDiff; label: string }[] = [
  { of: 'added', label: 'All added' },
  { of: 'removed', label: 'All removed' },
  { of: 'retyped', label: 'All of another type' },
]

function Kinds({
  changes,
  isChosen,
  onChoose,
}: Omit<ChangesProps, 'chosen'> & { isChosen: ReadonlySet<string> }) {
  const kinds = KINDS.map((kind) => ({ ...kind, lines: changes.filter(({ part }) => part?.of === kind.of) }))
  const several = kinds.filter(({ lines }) => lines.length > 1)
  if (several.length === 0) return null
  return (
    <div className="row wrap gap-4 border-b border-border px-4 py-2">
      {several.map(({ of, label, lines }) => {
        const count = lines.filter(({ id }) => isChosen.has(id)).length
        return (
          <Checkbox
            key={of}
            label={label}
            checked={count === lines.length}
            indeterminate={count > 0 && count < lines.length}
            onCheckedChange={(now) => onChoose(lines, now)}
          />
        )
      })}
    </div>
  )
}

const LOOK: Record<Change['sign'], { look: string; word: string }> = {
  '+': { look: 'gain', word: 'Added' },
  '−': { look: 'loss', word: 'Removed' },
  '~': { look: 'turn', word: 'Changed' },
  '=': { look: 'same', word: 'Kept' },
}

function Line({
  change: { sign, name, what, against, part },
  chosen,
  onChoose,
}: {
  change: Change
  chosen: boolean
  onChoose: (chosen: boolean) => void
}) {
  const { look, word } = LOOK[sign]
  const told: ReactNode = (
    <>
      <span className="sr">{word}: </span>
      <code>{name}</code> <span className="muted">{what}</span>
    </>
  )
  return (
    <li className={look}>
      <span className="sign" aria-hidden="true">
        {sign}
      </span>
      <div className="min-w-0">
        {part ? <Checkbox label={told} checked={chosen} onCheckedChange={onChoose} /> : <p>{told}</p>}
        {against && (
          <>
            <p className="small muted">{sayAgainst(against)}</p>
            <ValueAt place={against} />
          </>
        )}
      </div>
    </li>
  )
}
