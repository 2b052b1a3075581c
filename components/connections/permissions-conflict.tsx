'use client'

import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { sayActor } from '#lib/domain/audit/say-actor'
import { sayState } from '#lib/domain/connections/say-state'
import type { PermissionsConflict as Conflict } from '#lib/domain/connections/wire'

interface PermissionsConflictProps {
  conflict: Conflict
  onKeepTheirs: () => void
  /** Puts yours into a draft over theirs, to be counted and saved again. */
  onTakeYours: () => void
}

/** Somebody saved while one edited: what one began with, what stands now, and what one wanted, line by line. */
export function PermissionsConflict({ conflict, onKeepTheirs, onTakeYours }: PermissionsConflictProps) {
  const names = Object.fromEntries(conflict.principals.map((one) => [one.id, one.name]))
  const [base, theirs, yours] = [conflict.base, conflict.theirs, conflict.yours].map((state) =>
    sayState(state, names),
  )
  const rows = (yours ?? []).map((line, index) => ({
    label: line.label,
    base: base?.[index]?.text ?? '',
    theirs: theirs?.[index]?.text ?? '',
    yours: line.text,
  }))
  const differing = rows.filter((row) => row.base !== row.theirs || row.base !== row.yours)
  return (
    <div className="stack mb-6">
      <Banner
        tone="warn"
        title="The permissions were changed while you edited them"
        actions={
          <>
            <Button small onClick={onKeepTheirs}>
              Keep theirs
            </Button>
            <Button small onClick={onTakeYours}>
              Put yours over theirs
            </Button>
          </>
        }
      >
        <p>
          {conflict.by === null ? 'Somebody' : sayActor(conflict.by)} saved{' '}
          {conflict.at && (
            <>
              at <Time at={conflict.at} as="clock" />
            </>
          )}
          . Nothing of yours is saved yet; yours is counted again before it is.
        </p>
      </Banner>
      <div className="card">
        <Table
          label="Base, theirs and yours"
          rows={differing}
          rowKey={(row) => row.label}
          columns={[
            { id: 'what', header: 'What', card: 'head', cell: (row) => row.label },
            { id: 'base', header: 'Base', cell: (row) => <span className="muted">{row.base}</span> },
            { id: 'theirs', header: 'Theirs', cell: (row) => changed(row.theirs, row.base) },
            { id: 'yours', header: 'Yours', cell: (row) => changed(row.yours, row.base) },
          ]}
        />
      </div>
    </div>
  )
}

const changed = (text: string, base: string) =>
  text === base ? <span className="muted">unchanged</span> : <b>{text}</b>
