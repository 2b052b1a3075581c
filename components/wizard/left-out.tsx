'use client'

import { useState } from 'react'
import { LinkButton } from '#components/ui/link-button'
import { MiddleTruncate } from '#components/ui/middle-truncate'
import type { FilesReport } from '#lib/domain/datasets/files-wire'
import { formatCount, formatQuantity } from '#lib/domain/format'

const REASONS = [
  { reason: 'rule', said: 'left out by the selection rules' },
  { reason: 'folderMarker', said: 'empty objects that only mark a folder' },
  { reason: 'archived', said: 'archived: they cannot be read before they are restored' },
] as const

/** What belongs to no dataset of these settings, by the reason, with some paths of each. */
export function LeftOut({ report }: { report: FilesReport }) {
  const [open, setOpen] = useState(false)
  const groups = REASONS.filter(({ reason }) => report.excluded[reason] > 0)
  const { notFound } = report
  if (groups.length === 0 && notFound.length === 0) return null
  return (
    <section className="stack gap-3" aria-label="Left out">
      {notFound.length > 0 && (
        <Group title="Chosen, and not found here" count={null} paths={notFound} of={notFound.length} />
      )}
      {groups.length > 0 && (
        <LinkButton
          className="justify-self-start"
          aria-expanded={open}
          onClick={() => setOpen((now) => !now)}
        >
          {open ? 'Hide what was left out' : 'Show what was left out'}
        </LinkButton>
      )}
      {open &&
        groups.map(({ reason, said }) => (
          <Group
            key={reason}
            title={said}
            count={formatQuantity(report.excluded[reason], 'object')}
            paths={report.leftOut[reason]}
            of={report.excluded[reason]}
          />
        ))}
    </section>
  )
}

interface GroupProps {
  count: string | null
  title: string
  paths: readonly string[]
  of: number
}

function Group({ count, title, paths, of }: GroupProps) {
  return (
    <div>
      <p>
        {count && <b className="font-medium">{count}</b>} {title}
      </p>
      <ul className="small muted">
        {paths.map((path) => (
          <li key={path} className="flex min-w-0">
            <MiddleTruncate text={path} what="path" />
          </li>
        ))}
        {of > paths.length && (
          <li>
            The first {paths.length} of {formatCount(of)}
          </li>
        )}
      </ul>
    </div>
  )
}
