'use client'

import { useMemo, useState } from 'react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { ErrorLine } from '#components/ui/error-line'
import { Field } from '#components/ui/field'
import { useFieldControl } from '#components/ui/field-context'
import { Textarea } from '#components/ui/textarea'
import type { WizardState } from '#lib/domain/datasets/wizard'
import { ImportChanges } from './import-changes'
import { readImport } from './read-import'

interface ImportDialogProps {
  state: WizardState
  onImport: (state: WizardState) => void
  onClose: () => void
}

/** A dataset's JSON, from a file or pasted, and what it changes; nothing changes before it is taken over. */
export function ImportDialog({ state, onImport, onClose }: ImportDialogProps) {
  const [text, setText] = useState('')
  const [unread, setUnread] = useState<string | null>(null)
  const read = useMemo(() => (text.trim() === '' ? null : readImport(text, state)), [text, state])
  const takeFile = async (file: File | undefined) => {
    if (!file) return
    try {
      setText(await file.text())
      setUnread(null)
    } catch {
      setUnread(`${file.name} could not be read. Choose it again, or paste its text.`)
    }
  }
  const imported = read?.ok ? read.value : null
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Import JSON"
      description="The JSON of a dataset, of this product or of DSS. What is not known here is kept as it is."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabledReason={
              imported === null
                ? 'Choose a file or paste the JSON first.'
                : imported.changes.length === 0
                  ? 'It changes nothing.'
                  : null
            }
            onClick={() => {
              if (imported) onImport(imported.state)
              onClose()
            }}
          >
            Take over
          </Button>
        </>
      }
    >
      <div className="stack gap-4">
        <Field label="File" error={unread ?? undefined}>
          <FileInput onChoose={takeFile} />
        </Field>
        <Field label="JSON">
          <Textarea
            mono
            rows={8}
            spellCheck={false}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </Field>
        {read && !read.ok && (
          <ul className="stack gap-1" aria-label="Mistakes">
            {read.issues.slice(0, MOST_SHOWN).map(({ message }) => (
              <li key={message}>
                <ErrorLine>{message}</ErrorLine>
              </li>
            ))}
          </ul>
        )}
        {imported && <ImportChanges {...imported} />}
      </div>
    </Dialog>
  )
}

const MOST_SHOWN = 10

function FileInput({ onChoose }: { onChoose: (file: File | undefined) => void }) {
  return (
    <input
      {...useFieldControl({})}
      type="file"
      accept=".json,application/json"
      onChange={({ target }) => onChoose(target.files?.[0])}
    />
  )
}
