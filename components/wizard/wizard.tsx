'use client'

import { useSearchParams } from 'next/navigation'
import { type ReactNode, useId } from 'react'
import type { Draft } from '#lib/domain/datasets/draft-wire'
import type { WizardState } from '#lib/domain/datasets/wizard'
import type { Result } from '#lib/domain/result'
import { CreateButton, CreateReason } from './create-button'
import { DraftNotices } from './draft-notices'
import { NameField } from './name-field'
import { SaveNote } from './save-note'
import { TransferMenu } from './transfer/transfer-menu'
import { useWizard, type WizardControl } from './use-wizard'
import { useWizardPlace } from './use-wizard-place'
import { addressWith } from './wizard-address'
import { WizardBody } from './wizard-body'
import { WizardNotices } from './wizard-notices'
import { WIZARD_TITLE } from './wizard-to-come'

interface WizardProps {
  projectKey: string
  opened: Draft | null
  begin: WizardState
  /** Settings of a link: they become a draft of one's own at once. */
  shared?: Result<WizardState> | null
  onCreated: (draftId: string) => void
}

/** New Amazon S3 dataset: all its settings, kept as a draft until it is created. */
export function Wizard({ shared = null, ...options }: WizardProps) {
  const query = useSearchParams()
  const id = useId()
  const wizard = useWizard({ shared, ...options })
  const { draft, source, problems, creating, untold } = wizard
  const { tab, setTab, target, goTo } = useWizardPlace(`${id}-name`, draft.flush)
  const button = (reasonId: string) => (
    <CreateButton
      reasons={wizard.reasons}
      reasonId={untold.reasons.length > 0 ? reasonId : `${id}-name-error`}
      busy={creating.busy}
      onCreate={creating.onCreate}
    />
  )
  const reason = (reasonId: string) => (
    <CreateReason id={reasonId} {...untold} waitsFor={creating.waitsFor} onGo={goTo} />
  )
  return (
    <>
      <WizardHead projectKey={options.projectKey} wizard={wizard} nameFieldId={`${id}-name`}>
        {reason(id)}
        {button(id)}
      </WizardHead>
      <WizardNotices shared={shared} ended={wizard.ended} error={creating.error} onRetry={creating.onCreate}>
        <DraftNotices
          status={draft.status}
          onReload={wizard.reload}
          onKeepMine={draft.keepMine}
          onBeginAgain={draft.beginAgain}
        />
      </WizardNotices>
      <WizardBody
        state={draft.state}
        dispatch={draft.dispatch}
        problems={problems}
        source={source}
        tab={tab}
        onTab={setTab}
        addressOf={(to) => addressWith(query.toString(), { tab: to })}
        target={target}
        note={<SaveNote status={draft.status} onDiscard={wizard.discard} />}
        reason={reason(`${id}-below`)}
        action={button(`${id}-below`)}
      />
    </>
  )
}

interface WizardHeadProps {
  projectKey: string
  wizard: WizardControl
  nameFieldId: string
  /** Create, and what keeps it disabled. */
  children: ReactNode
}

function WizardHead({ projectKey, wizard, nameFieldId, children }: WizardHeadProps) {
  const { state, dispatch } = wizard.draft
  return (
    <div className="wizard-head">
      <h1>{WIZARD_TITLE}</h1>
      <NameField
        id={nameFieldId}
        name={state.name}
        error={wizard.nameError}
        onNameChange={(name) => dispatch({ step: 'set-name', name })}
      />
      <div className="flex gap-2">
        <TransferMenu projectKey={projectKey} state={state} onImport={wizard.takeImport} />
      </div>
      <div className="row end min-w-0">{children}</div>
    </div>
  )
}
