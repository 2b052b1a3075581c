'use client'

import { lazy, Suspense, useState } from 'react'
import { Button } from '#components/ui/button'
import { Code } from '#components/ui/code'
import { Dialog } from '#components/ui/dialog'
import { Menu } from '#components/ui/menu'
import { showSuccess } from '#components/ui/toast'
import { copyText } from '#lib/client/copy-text'
import type { WizardState } from '#lib/domain/datasets/wizard'
import { formatBytes } from '#lib/domain/format'
import { exportDataset } from './export-dataset'
import { MOST_LINK_BYTES, writeSettingsLink } from './settings-link'

const ImportDialog = lazy(async () => ({ default: (await import('./import-dialog')).ImportDialog }))

interface TransferMenuProps {
  projectKey: string
  state: WizardState
  /** Takes settings over in place of one's own. */
  onImport: (state: WizardState) => void
}

type Shown = { kind: 'import' } | { kind: 'link'; link: string } | { kind: 'too-long' } | null

/** Share, Export JSON and Import JSON: the settings of the wizard, in and out. */
export function TransferMenu({ projectKey, state, onImport }: TransferMenuProps) {
  const [shown, setShown] = useState<Shown>(null)
  const close = () => setShown(null)
  const share = async () => {
    const link = await writeSettingsLink(location.origin, projectKey, state)
    if (link === null) return setShown({ kind: 'too-long' })
    if (await copyText(link)) {
      return showSuccess('The link was copied. Whoever may write in this project can open it.')
    }
    // A browser that lets nothing be copied shows it, to be copied by hand.
    setShown({ kind: 'link', link })
  }
  const save = () => exportDataset(projectKey, state.name, state.definition)
  return (
    <>
      <Button onClick={() => void share()}>Share</Button>
      <Menu
        trigger={<Button square icon="dots" aria-label="More" />}
        entries={[
          { label: 'Export JSON', icon: 'download', onSelect: save },
          { label: 'Import JSON…', icon: 'file', onSelect: () => setShown({ kind: 'import' }) },
        ]}
      />
      {shown?.kind === 'import' && (
        <Suspense>
          <ImportDialog state={state} onImport={onImport} onClose={close} />
        </Suspense>
      )}
      <Dialog
        narrow
        open={shown?.kind === 'link'}
        onOpenChange={close}
        title="Share these settings"
        description="This browser did not let the link be copied. Copy it here."
      >
        {shown?.kind === 'link' && <Code label="Link" value={shown.link} />}
      </Dialog>
      <Dialog
        narrow
        open={shown?.kind === 'too-long'}
        onOpenChange={close}
        title="Too much for a link"
        description={`A link holds ${formatBytes(MOST_LINK_BYTES)} of settings, and these are longer. Export them as JSON and send the file; others import it in their wizard.`}
        footer={
          <Button
            variant="primary"
            onClick={() => {
              save()
              close()
            }}
          >
            Export JSON
          </Button>
        }
      />
    </>
  )
}
