'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { ErrorLine } from '#components/ui/error-line'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { RadioOptions } from '#components/ui/option'
import { Delayed, Skeleton } from '#components/ui/skeleton'
import { extensionDependentsQuery, useDeactivateExtension } from '#lib/client/extensions'
import type { Extension } from '#lib/domain/extensions/wire'
import { formatQuantity } from '#lib/domain/format'

/** Asks why, and what becomes of the connection; every dependent is named first. */
export function DeactivateDialog({ extension, onClose }: { extension: Extension; onClose: () => void }) {
  const { key, title, connection } = extension
  const deactivate = useDeactivateExtension(key)
  const [reason, setReason] = useState('')
  const [fate, setFate] = useState<'keep' | 'remove'>('keep')
  const missing = reason.trim() === '' ? 'Say why first.' : null
  return (
    <Dialog narrow open onOpenChange={(open) => !open && onClose()} title={`Deactivate ${title}?`}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (!missing) deactivate.mutate({ reason, connection: fate }, { onSuccess: onClose })
        }}
      >
        <p>
          Everything recorded so far is delivered first, this act included. Then delivery stops; recording
          goes on, and delivered logs are never deleted.
        </p>
        <Field label="Reason" hint="Kept with the event.">
          <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <RadioOptions
          legend={`Connection ${connection.name}`}
          value={fate}
          onValueChange={setFate}
          choices={[
            { value: 'keep', label: 'Keep the connection', hint: 'What is there stays readable.' },
            {
              value: 'remove',
              label: 'Remove it',
              hint: 'Its datasets stay, say who removed it, and recover on activation.',
            },
          ]}
        >
          {fate === 'remove' && <Dependents extensionKey={key} />}
        </RadioOptions>
        {deactivate.error && <ErrorLine>{deactivate.error.message}</ErrorLine>}
        <div className="row dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="danger-solid" busy={deactivate.isPending} disabledReason={missing}>
            Deactivate
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Dependents({ extensionKey }: { extensionKey: string }) {
  const { data, error } = useQuery(extensionDependentsQuery(extensionKey))
  if (error) return <ErrorLine>{error.message}</ErrorLine>
  if (!data) {
    return (
      <Delayed>
        <Skeleton label="Looking for datasets on it" rows={2} />
      </Delayed>
    )
  }
  if (data.total === 0) return <p className="small muted">No dataset is on it.</p>
  return (
    <div className="stack">
      <p>
        {formatQuantity(data.total, 'dataset')} in {formatQuantity(data.projects, 'project')} cannot be read
        until it is activated again:
      </p>
      <ul>
        {data.datasets.map(({ projectKey, name, owner }) => (
          <li key={`${projectKey}.${name}`}>
            <span className="mono">{name}</span> in {projectKey}, made by {owner}
          </li>
        ))}
      </ul>
    </div>
  )
}
