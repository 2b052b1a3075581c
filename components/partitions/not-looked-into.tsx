'use client'

import { LinkButton } from '#components/ui/link-button'
import { formatCount } from '#lib/domain/format'
import type { LedgerWire } from '#lib/domain/partitioning/ledger-wire'

interface NotLookedIntoProps {
  passed: LedgerWire['passed']
  /** Lists again with what lies in them; null where nothing can be listed now. */
  onLook: (() => void) | null
}

/** The folders that a listing passed by, since no path in them can match, and the way to have them counted too. */
export function NotLookedInto({ passed, onLook }: NotLookedIntoProps) {
  if (passed.count === 0 && !passed.more) return null
  return (
    <p className="small row wrap">
      <span className="wrap-anywhere">{sayPassed(passed)}</span>
      {onLook && <LinkButton onClick={onLook}>Look into them too</LinkButton>}
    </p>
  )
}

const MOST_NAMED = 3

/** `"Not looked into, since nothing in them can match: /archive/, /tmp/ and 3 more."` */
export function sayPassed({ folders, count, more }: LedgerWire['passed']): string {
  if (folders.length === 0) return 'Not looked into: folders in which nothing can match.'
  const named = folders.slice(0, MOST_NAMED)
  const others = count - named.length
  const rest = more ? ['more'] : others > 0 ? [`${formatCount(others)} more`] : []
  const said = [...named, ...rest]
  const them = said.length === 1 && !more ? 'it' : 'them'
  return `Not looked into, since nothing in ${them} can match: ${joinWithAnd(said)}.`
}

const joinWithAnd = (texts: readonly string[]): string =>
  [texts.slice(0, -1).join(', '), texts.at(-1)].filter(Boolean).join(' and ')
