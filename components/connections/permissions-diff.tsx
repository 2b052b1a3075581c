'use client'

import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Badge } from '#components/ui/badge'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Icon } from '#components/ui/icon'
import { Input } from '#components/ui/input'
import { permissionEffectsQuery } from '#lib/client/connections'
import type { PermissionEffects } from '#lib/domain/connections/effects'
import { type EffectLine, nameSave, sayEffects } from '#lib/domain/connections/say-effects'
import { formatQuantity } from '#lib/domain/format'
import type { PermissionsDraft } from './use-permissions-draft'

interface PermissionsDiffProps {
  name: string
  draft: PermissionsDraft
  saving: boolean
  ended: string | null
  onSave: (effects: PermissionEffects, reason: string) => void
}

/** What saving would change, counted before it is saved; its button names the effect. */
export function PermissionsDiff(props: PermissionsDiffProps) {
  if (props.draft.changes.length === 0) return <NothingYet />
  return <Diff {...props} />
}

const NothingYet = () => (
  <section className="card only-l" aria-label="What changes">
    <div className="card-pad stack gap-2">
      <h2 className="h3">What changes</h2>
      <p className="small muted">Nothing yet. Whom a change concerns is counted here before it is saved.</p>
    </div>
  </section>
)

function Diff({ name, draft, saving, ended, onSave }: PermissionsDiffProps) {
  const titleId = useId()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const {
    data: effects,
    isPlaceholderData,
    error,
    refetch,
  } = useQuery(permissionEffectsQuery(name, draft.state))
  const lines = effects ? sayEffects(effects, draft.changes) : []
  const counting = !effects || isPlaceholderData
  return (
    <section className="card diff" aria-labelledby={titleId} data-open={open ? '' : undefined}>
      <header>
        <h2 className="h3" id={titleId}>
          What changes
        </h2>
        <Badge className="end">not saved</Badge>
        <Button variant="ghost" small className="only-s" aria-expanded={open} onClick={() => setOpen(!open)}>
          {formatQuantity(lines.length, 'effect')} <Icon name="down" />
        </Button>
      </header>
      {error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <ul className={counting ? 'stale' : undefined} aria-busy={counting}>
          {lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
          {!effects && <li className="card-pad small muted">Counting whom it concerns…</li>}
          <li className="px-4 py-2">
            <Field label="Reason" hint="Kept in the history; may be empty.">
              <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
            </Field>
          </li>
        </ul>
      )}
      <footer>
        <Button variant="ghost" onClick={draft.discard}>
          Discard
        </Button>
        <Button
          variant="primary"
          className="end"
          busy={saving}
          disabledReason={ended ?? (counting ? 'Counting whom it concerns…' : null)}
          onClick={() => effects && onSave(effects, reason)}
        >
          {effects ? nameSave(effects) : 'Save'}
        </Button>
      </footer>
    </section>
  )
}

const SIGN = { gain: ['+', 'gain'], loss: ['−', 'loss'], same: ['·', 'unchanged'] } as const

function Line({ line }: { line: EffectLine }) {
  const [sign, word] = SIGN[line.sign]
  const text = (
    <>
      <span className="sign" aria-hidden="true">
        {sign}
      </span>
      <span className={line.sign === 'same' ? 'muted' : undefined}>
        <span className="sr">{word}: </span>
        {line.lead && <b>{line.lead}</b>} {line.text}
      </span>
    </>
  )
  if (line.names.length === 0) {
    return (
      <li className={line.sign}>
        <div className="line">{text}</div>
      </li>
    )
  }
  return (
    <li className={line.sign}>
      <details>
        <summary>
          {text}
          <Icon name="right" />
        </summary>
        <p className="names">
          {line.names.join(', ')}
          {line.more > 0 && ` and ${line.more} more`}
        </p>
      </details>
    </li>
  )
}
