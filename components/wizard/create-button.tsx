'use client'

import { Button } from '#components/ui/button'
import { LinkButton } from '#components/ui/link-button'
import type { Problem } from '#lib/domain/datasets/problem'

interface CreateButtonProps {
  /** What keeps it disabled, most urgent first. */
  reasons: readonly string[]
  /** The id of a text on the page that says the first of them. */
  reasonId: string
  busy: boolean
  onCreate: () => void
}

/** Create, with its reasons while it is disabled. */
export function CreateButton({ reasons, reasonId, busy, onCreate }: CreateButtonProps) {
  return (
    <Button
      variant="primary"
      busy={busy}
      disabledReason={reasons[0] ?? null}
      reasonId={reasonId}
      onClick={onCreate}
    >
      Create
    </Button>
  )
}

interface CreateReasonProps extends Pick<CreateButtonProps, 'reasons'> {
  id: string
  problem: Problem | null
  /** What Create was pressed for and cannot be sent without yet. */
  waitsFor?: string | null
  /** Leads to the field of the first one. */
  onGo: (problem: Problem) => void
}

/** Why Create is disabled or waits, beside it; following it leads to the field. */
export function CreateReason({ id, reasons, problem, waitsFor = null, onGo }: CreateReasonProps) {
  const [first, ...others] = reasons
  if (waitsFor !== null)
    return (
      <span className="small muted" id={id} role="status">
        {waitsFor}
      </span>
    )
  if (first === undefined) return null
  const text = others.length === 0 ? first : `${first.replace(/\.$/, '')} · and ${others.length} more`
  return (
    <span className="small muted min-w-0 md:text-end" id={id}>
      {problem ? (
        <LinkButton className="md:text-end! md:line-clamp-2" onClick={() => onGo(problem)}>
          {text}
        </LinkButton>
      ) : (
        text
      )}
    </span>
  )
}
