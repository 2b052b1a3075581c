'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Icon } from '#components/ui/icon'
import { Input } from '#components/ui/input'
import { Popover } from '#components/ui/popover'
import { formatDay } from '#lib/domain/format'

const DAY_MS = 86_400_000
const SPANS = [
  ['1 day', 1],
  ['7 days', 7],
  ['30 days', 30],
  ['90 days', 90],
] as const

interface GrantExpiryProps {
  /** Whose grant it is. */
  name: string
  until: string | null
  disabled: boolean
  onUntilChange: (until: string | null) => void
}

/** When a grant ends by itself: at the end of a UTC day, or never. */
export function GrantExpiry({ name, until, disabled, onUntilChange }: GrantExpiryProps) {
  const [open, setOpen] = useState(false)
  const text = until === null ? 'no end' : `until ${formatDay(new Date(until), new Date())}`
  if (disabled) return <span className="small muted">{text}</span>
  const choose = (next: string | null) => {
    onUntilChange(next)
    setOpen(false)
  }
  return (
    <Popover
      title={`End of the grant to ${name}`}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="ghost" small aria-label={`End of the grant to ${name}: ${text}`}>
          {text} <Icon name="down" />
        </Button>
      }
    >
      <div className="stack gap-3">
        <div className="row wrap gap-2">
          <Button small onClick={() => choose(null)}>
            No end
          </Button>
          {SPANS.map(([label, days]) => (
            <Button key={days} small onClick={() => choose(endOfDay(Date.now() + days * DAY_MS))}>
              {label}
            </Button>
          ))}
        </div>
        <Field label="Last day" hint="Ends when that day ends in UTC.">
          <Input
            type="date"
            mono
            min={new Date().toISOString().slice(0, 10)}
            value={until === null ? '' : new Date(new Date(until).getTime() - 1).toISOString().slice(0, 10)}
            onChange={(event) => {
              const atMs = Date.parse(`${event.target.value}T00:00:00Z`)
              if (!Number.isNaN(atMs)) onUntilChange(endOfDay(atMs))
            }}
          />
        </Field>
      </div>
    </Popover>
  )
}

/** The instant at which the UTC day of a time ends. */
const endOfDay = (atMs: number): string => new Date((Math.floor(atMs / DAY_MS) + 1) * DAY_MS).toISOString()
