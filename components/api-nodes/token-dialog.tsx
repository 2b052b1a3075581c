'use client'

import { Button } from '#components/ui/button'
import { Code } from '#components/ui/code'
import { Dialog } from '#components/ui/dialog'
import type { NodeWithToken } from '#lib/domain/nodes/wire'

/** Shows a token the one time it can be shown. */
export function TokenDialog({ told, onClose }: { told: NodeWithToken; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Token of ${told.node.name}`}
      description="Copy it now: it is kept as a hash and cannot be shown again."
    >
      <div className="stack">
        <Code label="Token" value={told.token} />
        <Code label="A command that sends one event with it" value={told.curlExample} />
        <div className="row dialog-actions">
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
