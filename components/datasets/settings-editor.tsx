'use client'

import { useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { LinkButton } from '#components/ui/link-button'
import { Time } from '#components/ui/time'
import { exportDataset } from '#components/wizard/transfer/export-dataset'
import { addressWith, readTab } from '#components/wizard/wizard-address'
import { WizardBody } from '#components/wizard/wizard-body'
import { sayActor } from '#lib/domain/audit/say-actor'
import type { WizardTab } from '#lib/domain/datasets/problem'
import type { Dataset } from '#lib/domain/datasets/wire'
import { DatasetHead } from './dataset-head'
import { DeleteDataset } from './delete-dataset'
import { type SettingsEditing, useSettingsEditing } from './use-settings-editing'

interface SettingsEditorProps {
  dataset: Dataset
  /** Why it cannot be changed. */
  ended: string | null
}

interface EditingProps {
  dataset: Dataset
  editing: SettingsEditing
}

/** The wizard's tabs on the saved definition; nothing is kept before Save. */
export function SettingsEditor({ dataset, ended }: SettingsEditorProps) {
  const query = useSearchParams()
  const editing = useSettingsEditing(dataset)
  const { state, dispatch, problems, source } = editing
  const tab = readTab(query)
  const addressOf = (to: WizardTab) => addressWith(query.toString(), { tab: to })
  const saveButton = (
    <Button
      variant="primary"
      busy={editing.saving}
      disabledReason={ended ?? editing.notYet}
      onClick={editing.save}
    >
      Save
    </Button>
  )
  return (
    <>
      <DatasetHead
        dataset={dataset}
        tab="settings"
        actions={<HeadActions dataset={dataset} editing={editing} saveButton={saveButton} />}
      />
      <div className="stack gap-2 px-4 py-3 empty:hidden">
        {editing.conflict ? (
          <ChangedMeanwhile dataset={dataset} editing={editing} />
        ) : (
          <ProblemNotice error={editing.error} />
        )}
      </div>
      <WizardBody
        state={state}
        dispatch={dispatch}
        problems={problems}
        source={source}
        readOnly={ended}
        tab={tab}
        onTab={(to) => to !== tab && window.history.pushState(null, '', addressOf(to))}
        addressOf={addressOf}
        note={<SavedNote dataset={dataset} editing={editing} />}
        reason={null}
        action={saveButton}
      />
    </>
  )
}

/** On small screens Discard stands in the note and Save at the foot. */
function HeadActions({ dataset, editing, saveButton }: EditingProps & { saveButton: ReactNode }) {
  const { projectKey, name, can } = dataset
  return (
    <>
      <Button onClick={() => exportDataset(projectKey, name, editing.state.definition)}>Export JSON</Button>
      {can.delete && <DeleteDataset dataset={dataset} />}
      {editing.isChanged && (
        <span className="only-l">
          <Button variant="ghost" onClick={editing.discard}>
            Discard
          </Button>
        </span>
      )}
      <span className="only-l">{saveButton}</span>
    </>
  )
}

function ChangedMeanwhile({ dataset, editing }: EditingProps) {
  return (
    <Banner
      tone="warn"
      title={`${sayActor(dataset.updatedBy)} changed these settings meanwhile`}
      actions={
        <>
          <Button small onClick={editing.discard}>
            Reload
          </Button>
          <Button small busy={editing.saving} onClick={editing.saveOverTheirs}>
            Save mine over theirs
          </Button>
        </>
      }
    >
      <p>
        They were saved <Time at={dataset.updatedAt} />. Reload takes what stands now and lets go of your
        changes.
      </p>
    </Banner>
  )
}

function SavedNote({ dataset, editing }: EditingProps) {
  return (
    <>
      <span role="status">
        {editing.isChanged ? (
          'Not saved'
        ) : (
          <>
            Saved <Time at={dataset.updatedAt} as="exact" /> by {sayActor(dataset.updatedBy)}
          </>
        )}
      </span>
      {editing.isChanged && <LinkButton onClick={editing.discard}>Discard</LinkButton>}
    </>
  )
}
