'use client'

import { cutBetweenFolders, keepPathOrder } from '#lib/domain/keep-path-order'
import { useCopy } from './copy-button'
import { Tooltip } from './tooltip'

interface MiddleTruncateProps {
  /** A key, a path, an id. */
  text: string
  /** How many characters of the end always stay: enough for the file's name. */
  tail?: number
  /** The accessible name of what is copied: `"object key"`. */
  what?: string
}

/** A shorter head is no shorter once it is cut. */
const LEAST_HEAD = 4

const SAID = { copied: 'Copied', failed: 'Could not copy' }

/** A long key cut in the middle: whole on hover and focus, one click copies it. */
export function MiddleTruncate({ text, tail = 20, what = 'text' }: MiddleTruncateProps) {
  const { state, copy } = useCopy()
  const shown = keepPathOrder(text)
  const cut = cutBetweenFolders(shown, shown.length - tail)
  return (
    <Tooltip content={<span className="whole">{state === 'idle' ? shown : SAID[state]}</span>}>
      <button type="button" className="mid" aria-label={`${text}, copy ${what}`} onClick={() => copy(text)}>
        {cut > LEAST_HEAD && <span>{shown.slice(0, cut)}</span>}
        <span>{cut > LEAST_HEAD ? shown.slice(cut) : shown}</span>
      </button>
    </Tooltip>
  )
}
