'use client'

import { Fragment } from 'react'
import { classes } from './classes'
import { Icon, type IconName } from './icon'

export interface AnatomySegment {
  text: string
  /** What choosing it does: `"Make 2026 a dimension"`; without, it is text only. */
  action?: string
  onChoose?: () => void
}

export interface AnatomyGroup {
  id: string
  segments: readonly AnatomySegment[]
  /** The dimension that takes these segments, as its underline says it: `"date, by day"`. */
  tag?: string
  icon?: IconName
  /** Segments no dimension takes: dotted. */
  rest?: boolean
}

/** An example path taken apart: which segments a dimension takes, and which are free. */
export function Anatomy({
  label = 'Example path',
  groups,
}: {
  label?: string
  groups: readonly AnatomyGroup[]
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a line that scrolls must be reachable by keyboard
    <section className="anatomy" aria-label={label} tabIndex={0}>
      {groups.map((group) => (
        <Fragment key={group.id}>
          <span className="sep">/</span>
          <div className={classes('grp', group.rest && 'rest')} data-dim={group.rest ? undefined : group.tag}>
            <div className="segs">
              {group.segments.map((segment, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: segments are places in a path
                <Fragment key={index}>
                  {index > 0 && <span>/</span>}
                  <Segment segment={segment} />
                </Fragment>
              ))}
            </div>
            <div className="tag">
              {group.icon && <Icon name={group.icon} />}
              {group.tag}
            </div>
          </div>
        </Fragment>
      ))}
    </section>
  )
}

function Segment({ segment }: { segment: AnatomySegment }) {
  if (!segment.onChoose) return <b className="seg">{segment.text}</b>
  return (
    <button type="button" title={segment.action} onClick={segment.onChoose}>
      {segment.text}
      {segment.action && <span className="sr">, {segment.action}</span>}
    </button>
  )
}
