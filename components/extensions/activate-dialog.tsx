'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { ErrorLine } from '#components/ui/error-line'
import { KeyValue } from '#components/ui/key-value'
import { Checkbox, RadioOptions } from '#components/ui/option'
import { useActivateExtension } from '#lib/client/extensions'
import type { Activation, Extension } from '#lib/domain/extensions/wire'
import { formatQuantity } from '#lib/domain/format'
import { createdEntries } from './created-entries'

interface ActivateDialogProps {
  /** Those that can be added. */
  extensions: readonly Extension[]
  /** The one that was asked for; null lets one choose. */
  chosen: Extension['key'] | null
  onClose: () => void
}

/** Add an extension: which one, what it adds, from when it delivers, Confirm. */
export function ActivateDialog({ extensions, chosen, onClose }: ActivateDialogProps) {
  const [key, setKey] = useState(chosen ?? extensions[0]?.key)
  const extension = extensions.find((candidate) => candidate.key === key)
  if (!extension) return null
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={chosen ? `Activate ${extension.title}?` : 'Add an extension'}
    >
      <div className="form">
        {!chosen && (
          <RadioOptions
            legend="Extension"
            value={extension.key}
            onValueChange={setKey}
            choices={extensions.map(({ key: value, title, description }) => ({
              value,
              label: title,
              hint: description,
            }))}
          />
        )}
        <Confirm key={extension.key} extension={extension} onClose={onClose} />
      </div>
    </Dialog>
  )
}

function Confirm({ extension, onClose }: { extension: Extension; onClose: () => void }) {
  const router = useRouter()
  const activate = useActivateExtension(extension.key)
  const [deliverFrom, setDeliverFrom] = useState<'beginning' | 'now'>('beginning')
  const [groups, setGroups] = useState(() =>
    (extension.groupChoice?.groups ?? [])
      .filter((group) => group.preset || group.fixed)
      .map((group) => group.name),
  )
  const confirm = () => {
    const input: Activation = extension.groupChoice
      ? { deliverFrom, usableByGroups: groups }
      : { deliverFrom }
    const done = () => {
      onClose()
      router.push(`/launchpad/extensions/${extension.key}`)
    }
    activate.mutate(input, { onSuccess: done })
  }
  return (
    <>
      <KeyValue entries={createdEntries(extension)} />
      {extension.connection.exists && (
        <p className="small muted">
          The connection <span className="mono">{extension.connection.name}</span> was kept, with those who
          may use it.
        </p>
      )}
      <RadioOptions
        legend="Deliver from"
        value={deliverFrom}
        onValueChange={setDeliverFrom}
        choices={[
          { value: 'beginning', label: 'The beginning', hint: beginningHint(extension) },
          { value: 'now', label: 'Now', hint: 'Events recorded before stay recorded and are not delivered.' },
        ]}
      />
      {extension.groupChoice && (
        <GroupChoice groups={extension.groupChoice.groups} chosen={groups} onChosenChange={setGroups} />
      )}
      {extension.refusal && <ErrorLine>{extension.refusal}</ErrorLine>}
      {activate.error && <ErrorLine>{activate.error.message}</ErrorLine>}
      <div className="row dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          busy={activate.isPending}
          disabledReason={extension.refusal}
          onClick={confirm}
        >
          Confirm
        </Button>
      </div>
    </>
  )
}

function beginningHint({ delivery, wasActive }: Extension): string {
  if (delivery.waiting === 0) return 'Nothing has been recorded for it so far.'
  const kept = formatQuantity(delivery.waiting, 'event')
  return wasActive
    ? `${kept} waiting since the last delivery, oldest first.`
    : `${kept} recorded so far, oldest first.`
}

interface GroupChoiceProps {
  groups: NonNullable<Extension['groupChoice']>['groups']
  chosen: string[]
  onChosenChange: (chosen: string[]) => void
}

function GroupChoice({ groups, chosen, onChosenChange }: GroupChoiceProps) {
  const toggle = (name: string, on: boolean) =>
    onChosenChange(on ? [...chosen, name] : chosen.filter((other) => other !== name))
  return (
    <fieldset>
      <legend>
        <h2>Freely usable by</h2>
      </legend>
      <div className="options">
        {groups.map(({ name, people, fixed }) => (
          <Checkbox
            key={name}
            label={<span className="mono">{name}</span>}
            hint={fixed ? 'always' : formatQuantity(people, 'person', 'people')}
            checked={fixed || chosen.includes(name)}
            disabled={fixed}
            onCheckedChange={(on) => toggle(name, on)}
          />
        ))}
      </div>
    </fieldset>
  )
}
