'use client'

import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Time } from '#components/ui/time'
import { useCreateResetLink } from '#lib/client/users'
import type { User } from '#lib/domain/identity/wire'
import { FormError } from './checked-form'
import { ShownOnce } from './shown-once'

interface ResetLinkDialogProps {
  user: User
  onClose: () => void
}

/** Makes a link with which a person sets a new password. */
export function ResetLinkDialog({ user, onClose }: ResetLinkDialogProps) {
  const { mutate, data, error, isPending } = useCreateResetLink(user.id)
  return (
    <Dialog
      narrow
      open
      onOpenChange={onClose}
      title={`Reset link for ${user.name}`}
      description="Whoever has the link sets the password of this account. Earlier reset links of theirs end."
    >
      {data ? (
        <ShownOnce label="Reset link" value={data.link} onDone={onClose}>
          Give it to {user.name}. It works once, until <Time at={data.expiresAt} as="exact" />.
        </ShownOnce>
      ) : (
        <div className="form">
          <FormError error={error} />
          <div className="row dialog-actions">
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" busy={isPending} onClick={() => mutate()}>
              Make the link
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
