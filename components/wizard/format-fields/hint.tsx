import { Fragment, type ReactNode } from 'react'
import type { FormatField, ShownParams } from '#lib/domain/formats/format-field'

/** A text in which what stands between backticks is code. */
export function Hint({ text }: { text: string }) {
  return text.split('`').map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in its order
    <Fragment key={index}>{index % 2 === 1 ? <code>{part}</code> : part}</Fragment>
  ))
}

/** What a field says beneath itself, if anything. */
export function hintOf(field: FormatField, params: ShownParams): ReactNode {
  const hint = 'hint' in field ? field.hint : undefined
  if (hint === undefined) return undefined
  return <Hint text={typeof hint === 'string' ? hint : hint(params)} />
}
