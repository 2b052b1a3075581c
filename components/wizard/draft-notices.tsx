'use client'

import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { Time } from '#components/ui/time'
import type { SaveStatus } from './draft-saver'

interface DraftNoticesProps {
  status: SaveStatus
  onReload: () => void
  onKeepMine: () => void
  onBeginAgain: () => void
}

/** What keeps a draft from being saved, and the ways on. */
export function DraftNotices({ status, onReload, onKeepMine, onBeginAgain }: DraftNoticesProps) {
  if (status.kind === 'conflict') {
    return (
      <Banner
        tone="warn"
        title="Changed in another tab"
        actions={
          <>
            <Button small onClick={onReload}>
              Reload
            </Button>
            <Button small onClick={onKeepMine}>
              Keep mine
            </Button>
          </>
        }
      >
        <p>
          The other tab saved this draft <Time at={status.theirs.updatedAt} />. Reload takes what it saved;
          Keep mine saves what stands here over it.
        </p>
      </Banner>
    )
  }
  if (status.kind === 'gone') {
    return (
      <Banner
        tone="warn"
        title="This draft can no longer be saved"
        actions={
          <Button small onClick={onBeginAgain}>
            Save as a new draft
          </Button>
        }
      >
        {`${status.message} What stands here is kept as long as the page is open.`}
      </Banner>
    )
  }
  return null
}
