import { LinkButton } from '#components/ui/link-button'
import { Status } from '#components/ui/status'
import { formatCount } from '#lib/domain/format'

interface CoverageBarProps {
  matched: number
  total: number
  /** What was tried: `"example"`, `"file"`. */
  what: string
  /** The listing did not go to its end. */
  soFar?: boolean
  /** Whether those that do not match are shown, and how to change that. */
  open: boolean
  onOpen: (open: boolean) => void
}

/** How much a pattern takes, as a bar and in words: "matches 198 of 200 examples". */
export function CoverageBar({ matched, total, what, soFar, open, onOpen }: CoverageBarProps) {
  if (total === 0) return null
  const unmatched = total - matched
  return (
    <div className="cover">
      <div className="row wrap">
        <Status kind={unmatched === 0 ? 'ok' : matched === 0 ? 'bad' : 'warn'}>
          matches <span className="num">{formatCount(matched)}</span> of{' '}
          <span className="num">{formatCount(total)}</span> {total === 1 ? what : `${what}s`}
          {soFar && ' so far'}
        </Status>
        {unmatched > 0 && (
          <LinkButton aria-expanded={open} onClick={() => onOpen(!open)}>
            {formatCount(unmatched)} unmatched
          </LinkButton>
        )}
      </div>
      <div className="bar" aria-hidden="true">
        <i style={{ width: `${(100 * matched) / total}%` }} />
      </div>
    </div>
  )
}
