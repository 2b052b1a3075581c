'use client'

import { LinkButton } from '#components/ui/link-button'
import { useZone } from '#components/ui/zone'
import { formatClock } from '#lib/domain/format'
import type { SaveStatus } from './draft-saver'

interface SaveNoteProps {
  status: SaveStatus
  /** Null as long as there is nothing to discard. */
  onDiscard: (() => void) | null
}

/** How the draft stands: "Saved 14:05 UTC · Discard". */
export function SaveNote({ status, onDiscard }: SaveNoteProps) {
  const { zone } = useZone()
  return (
    <>
      <span role="status">{say(status, zone)}</span>
      {onDiscard && <LinkButton onClick={onDiscard}>Discard</LinkButton>}
    </>
  )
}

function say(status: SaveStatus, zone: string): string {
  switch (status.kind) {
    case 'none':
      return 'Saved as you go, from the first change on'
    case 'saving':
      return 'Saving…'
    case 'saved':
      return `Saved ${formatClock(new Date(status.at), zone)}`
    case 'waiting':
      return `Not saved yet: ${status.message} It is tried again.`
    case 'conflict':
      return 'Not saved: changed in another tab'
    case 'gone':
      return 'Not saved'
  }
}
