'use client'

import type { ReactNode } from 'react'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Joined } from '#components/ui/joined'
import type { RangeCheck } from '#lib/domain/datasets/check-range'

interface RangeFieldProps {
  label: string
  value: string
  onValueChange: (value: string) => void
  /** Null when nothing is asked for. */
  check: RangeCheck | null
  /** Shown while nothing is asked for. */
  hint: string
  /** A button joined to the field. */
  action?: ReactNode
  /** Names what it resolves to, besides how many; for places that show it nowhere else. */
  named?: boolean
}

/** A range specification, checked while one types. */
export function RangeField({ label, value, onValueChange, check, hint, action, named }: RangeFieldProps) {
  const input = (
    <Input mono spellCheck={false} value={value} onChange={(event) => onValueChange(event.target.value)} />
  )
  const ids = named && check?.ids ? sayIds(check.ids) : null
  const said = (
    <>
      {check?.said ?? hint}
      {ids && <span className="mono block wrap-anywhere whitespace-normal!">{ids}</span>}
    </>
  )
  return (
    <Field label={label} error={check?.mistake} hint={check?.mistake ? undefined : said}>
      {action ? (
        <Joined>
          {input}
          {action}
        </Joined>
      ) : (
        input
      )}
    </Field>
  )
}

const FIRST = 3

/** The first ids of some, and the last: `"2026-11-16, 2026-11-17, 2026-11-18, …, 2026-11-22"`. */
function sayIds(ids: readonly string[]): string | null {
  if (ids.length === 0) return null
  const last = ids.at(-1)
  if (ids.length <= FIRST + 1 || last === undefined) return ids.join(', ')
  return `${ids.slice(0, FIRST).join(', ')}, …, ${last}`
}
