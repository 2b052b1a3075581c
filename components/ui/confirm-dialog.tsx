'use client'

import { type ReactNode, useState } from 'react'
import { Button } from './button'
import { Dialog } from './dialog'
import { ErrorLine } from './error-line'
import { Field } from './field'
import { Input } from './input'

export interface ConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The question with the thing's name: `"Deactivate dku-audit-log?"`. */
  title: string
  /** What it does and what stays. */
  children?: ReactNode
  /** What else is affected, a line each. */
  affected?: readonly ReactNode[]
  /** The name to type before it can be confirmed, for what cannot be undone. */
  typeName?: string
  /** Offers a reason, which goes to the audit trail. */
  askReason?: boolean
  /** The effect: `"Deactivate"`. */
  confirmLabel: string
  tone?: 'danger' | 'primary'
  busy?: boolean
  /** What went wrong at the last try. */
  error?: ReactNode
  onConfirm: (reason: string) => void
}

/** Asks before something that hurts, by its name, and says what else is affected. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog narrow open={props.open} onOpenChange={props.onOpenChange} title={props.title} footer={null}>
      {/* Mounted while open, so that the typed name and the reason start empty each time. */}
      <ConfirmBody {...props} />
    </Dialog>
  )
}

function ConfirmBody(props: ConfirmDialogProps) {
  const { children, affected = [], typeName, askReason, confirmLabel, tone = 'danger', busy, error } = props
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const missing = typeName && typed !== typeName ? `Type ${typeName} first.` : null
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!missing && !busy) props.onConfirm(reason)
      }}
    >
      {typeof children === 'string' ? <p>{children}</p> : children}
      {affected.length > 0 && <Affected lines={affected} />}
      {typeName && (
        <Field label={`Type ${typeName} to confirm`}>
          <Input mono value={typed} onChange={(event) => setTyped(event.target.value)} spellCheck={false} />
        </Field>
      )}
      {askReason && (
        <Field label="Reason" hint="Kept in the audit trail; may be empty.">
          <Input value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} />
        </Field>
      )}
      {error && <ErrorLine>{error}</ErrorLine>}
      <div className="row dialog-actions">
        <Button onClick={() => props.onOpenChange(false)}>Cancel</Button>
        <Button
          type="submit"
          variant={tone === 'danger' ? 'danger-solid' : 'primary'}
          disabledReason={missing}
          busy={busy}
        >
          {confirmLabel}
        </Button>
      </div>
    </form>
  )
}

function Affected({ lines }: { lines: readonly ReactNode[] }) {
  return (
    <div className="affected">
      <h3>Also affected</h3>
      <ul>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity and never move
          <li key={index}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
