'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { useId, useState } from 'react'
import type { Draft } from '#lib/domain/datasets/draft-wire'
import type { Problem, WizardTab } from '#lib/domain/datasets/problem'
import { leaveOutTold } from '#lib/domain/datasets/say-problem'
import type { WizardState } from '#lib/domain/datasets/wizard'
import type { Result } from '#lib/domain/result'
import { CreateButton, CreateReason } from './create-button'
import { DraftNotices } from './draft-notices'
import { NameField } from './name-field'
import { SaveNote } from './save-note'
import { TransferMenu } from './transfer/transfer-menu'
import { useImport } from './transfer/use-import'
import { useFollowColumns } from './use-columns'
import { useCreate } from './use-create'
import { useTakeDetected } from './use-detection'
import { useDiscardWithUndo } from './use-discard-draft'
import { useDraft } from './use-draft'
import { useSharedLoad } from './use-shared-load'
import { useTab } from './use-tab'
import { useWizardProblems } from './use-wizard-problems'
import { useWizardSource } from './use-wizard-source'
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
export function Wizard({ projectKey, opened, begin, shared = null, onCreated }: WizardProps) {
  const query = useSearchParams()
  const id = useId()
  const control = useDraft({ projectKey, opened, begin, onCreated })
  const { state, dispatch, status } = control
  const source = useWizardSource(state, control.draftId)
  const { settle } = source
  const takeImport = useImport(state, (next) => {
    dispatch({ step: 'load', state: next })
    settle(next.definition)
  })
  useSharedLoad(shared, dispatch, settle)
  useTakeDetected(source, dispatch)
  useFollowColumns(source.columns, dispatch)
  const { problems, ended, reasons, mistakes } = useWizardProblems(projectKey, state, source)
  const { onCreate, busy, waitsFor, nameRefusal, error } = useCreate(projectKey, control, source)
  const onDiscard = useDiscard(projectKey, control)
  const [target, setTarget] = useState<Problem | null>(null)
  const [tab, showTab] = useTab()
  const setTab = (to: WizardTab) => {
    control.flush()
    showTab(to)
  }
  const goTo = (problem: Problem) => {
    if (problem.tab === 'name') document.getElementById(`${id}-name`)?.focus()
    else {
      setTab(problem.tab)
      setTarget({ ...problem })
    }
  }
  const nameError = nameRefusal ?? nameMistake(problems, state.name)
  const untold = leaveOutTold({ reasons, mistakes }, nameError)
  const button = (reasonId: string) => (
    <CreateButton
      reasons={reasons}
      reasonId={untold.reasons.length > 0 ? reasonId : `${id}-name-error`}
      busy={busy}
      onCreate={onCreate}
    />
  )
  const reason = (reasonId: string) => (
    <CreateReason id={reasonId} {...untold} waitsFor={waitsFor} onGo={goTo} />
  )
  return (
    <>
      <div className="wizard-head">
        <h1>{WIZARD_TITLE}</h1>
        <NameField
          id={`${id}-name`}
          name={state.name}
          error={nameError}
          onNameChange={(name) => dispatch({ step: 'set-name', name })}
        />
        <div className="flex gap-2">
          <TransferMenu projectKey={projectKey} state={state} onImport={takeImport} />
        </div>
        <div className="row end min-w-0">
          {reason(id)}
          {button(id)}
        </div>
      </div>
      <WizardNotices shared={shared} ended={ended} error={error} onRetry={onCreate}>
        <DraftNotices
          status={status}
          onReload={() => {
            const theirs = control.reload()
            if (theirs) settle(theirs.definition)
          }}
          onKeepMine={control.keepMine}
          onBeginAgain={control.beginAgain}
        />
      </WizardNotices>
      <WizardBody
        state={state}
        dispatch={dispatch}
        problems={problems}
        source={source}
        tab={tab}
        onTab={setTab}
        addressOf={(to) => addressWith(query.toString(), { tab: to })}
        target={target}
        note={<SaveNote status={status} onDiscard={control.draftId ? onDiscard : null} />}
        reason={reason(`${id}-below`)}
        action={button(`${id}-below`)}
      />
    </>
  )
}

/** Lets go of the draft and leaves for the Flow; a draft that could not be discarded is saved on. */
function useDiscard(projectKey: string, control: ReturnType<typeof useDraft>): () => Promise<void> {
  const router = useRouter()
  const discard = useDiscardWithUndo(projectKey)
  return async () => {
    control.pause()
    if (!control.draftId) return
    try {
      await discard(control.draftId)
      router.push(`/projects/${projectKey}/flow`)
    } catch {
      control.resume()
    }
  }
}

/** A missing name is a reason of Create and no mistake while one has not written any. */
const nameMistake = (problems: readonly Problem[], name: string): string | undefined =>
  name === '' ? undefined : problems.find(({ tab }) => tab === 'name')?.message
