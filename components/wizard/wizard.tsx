'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Banner } from '#components/ui/banner'
import { ApiError } from '#lib/client/api'
import { datasetsQuery, useCreateDataset } from '#lib/client/datasets'
import type { Draft } from '#lib/domain/datasets/draft-wire'
import { headerlessProblems } from '#lib/domain/datasets/headerless-files'
import { previewProblems } from '#lib/domain/datasets/preview-problems'
import type { Problem, WizardTab } from '#lib/domain/datasets/problem'
import { nameKeyOf } from '#lib/domain/datasets/problems'
import { doColumnsFollow, reduceWizard, type WizardState } from '#lib/domain/datasets/wizard'
import { problemsOf } from '#lib/domain/datasets/wizard-problems'
import type { Result } from '#lib/domain/result'
import { CreateButton, CreateReason, sayProblem } from './create-button'
import { DraftNotices } from './draft-notices'
import { NameField } from './name-field'
import { SaveNote } from './save-note'
import { TransferMenu } from './transfer/transfer-menu'
import { useImport } from './transfer/use-import'
import { useFollowColumns } from './use-columns'
import { useConnectionEnd } from './use-connection-end'
import { useTakeDetected } from './use-detection'
import { useDiscardWithUndo } from './use-discard-draft'
import { useDraft } from './use-draft'
import { useOnceReady } from './use-once-ready'
import { useTab } from './use-tab'
import { useWizardSource } from './use-wizard-source'
import { addressWith } from './wizard-address'
import { WizardBody } from './wizard-body'

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
  const router = useRouter()
  const query = useSearchParams()
  const reasonId = useId()
  const control = useDraft({ projectKey, opened, begin, onCreated })
  const { state, dispatch, status, draftId } = control
  const source = useWizardSource(state, draftId)
  const { settle } = source
  const load = (next: WizardState) => {
    dispatch({ step: 'load', state: next })
    settle(next.definition)
  }
  const takeImport = useImport(state, load)
  const takenShared = useRef<typeof shared>(null)
  useEffect(() => {
    if (!shared?.ok || takenShared.current === shared) return
    takenShared.current = shared
    dispatch({ step: 'load', state: shared.value })
    settle(shared.value.definition)
  }, [shared, dispatch, settle])
  useTakeDetected(source, dispatch)
  useFollowColumns(source.columns, dispatch)
  const { data: list } = useQuery(datasetsQuery(projectKey))
  const taken = useMemo(() => new Set(list?.datasets.map(({ name }) => nameKeyOf(name))), [list])
  const { found, step: followed, reading: columnsAreRead } = source.columns
  const { report } = source.columns
  const { current } = source.preview
  const problems = useMemo(
    () => [
      ...problemsOf(state, taken, found),
      ...previewProblems(state.definition, current),
      ...(report ? headerlessProblems(report) : []),
    ],
    [state, taken, found, current, report],
  )
  const ended = useConnectionEnd(state.definition.params.connection)
  const create = useCreateDataset(projectKey)
  const discard = useDiscardWithUndo(projectKey)
  const [target, setTarget] = useState<Problem | null>(null)
  const [tab, showTab] = useTab()
  const refusal = useRefusal(create.error, state.name)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const reasons = [
    ...(ended ? [ended.message] : []),
    ...(list && !list.canCreate ? ['You need to be able to write in this project.'] : []),
    ...errors.map(sayProblem),
  ]
  const denied = useRef(false)
  const { refetch } = source.preview
  useEffect(() => {
    // A right that was given meanwhile opens what was refused before.
    if (denied.current && !ended) refetch()
    denied.current = ended !== null
  }, [ended, refetch])
  const flowHref = `/projects/${projectKey}/flow`

  const addressOf = (to: WizardTab) => addressWith(query.toString(), { tab: to })
  const setTab = (to: WizardTab) => {
    control.flush()
    showTab(to)
  }
  const goTo = (problem: Problem) => {
    if (problem.tab === 'name') document.getElementById(`${reasonId}-name`)?.focus()
    else {
      setTab(problem.tab)
      setTarget({ ...problem })
    }
  }
  const { ask: onCreate, waiting } = useOnceReady(!columnsAreRead || !doColumnsFollow(state), () => {
    control.pause()
    // What was found a moment ago is not in the state yet.
    const { definition } = followed ? reduceWizard(state, followed) : state
    create.mutate(
      { name: state.name, definition, ...(draftId ? { draftId } : {}) },
      {
        onSuccess: ({ name }) =>
          router.replace(`/projects/${projectKey}/datasets/${encodeURIComponent(name)}/explore`),
        onError: control.resume,
      },
    )
  })
  const onDiscard = async () => {
    control.pause()
    if (!draftId) return
    try {
      await discard(draftId)
      router.push(flowHref)
    } catch {
      control.resume()
    }
  }
  const button = (id: string) => (
    <CreateButton
      reasons={reasons}
      reasonId={id}
      busy={waiting || create.isPending || create.isSuccess}
      onCreate={onCreate}
    />
  )
  const reason = (id: string) => (
    <CreateReason id={id} reasons={reasons} problem={ended ? null : (errors[0] ?? null)} onGo={goTo} />
  )
  return (
    <>
      <div className="wizard-head">
        <h1>New Amazon S3 dataset</h1>
        <NameField
          id={`${reasonId}-name`}
          name={state.name}
          error={refusal.name ?? nameMistake(problems, state.name)}
          onNameChange={(name) => dispatch({ step: 'set-name', name })}
        />
        <div className="flex gap-2">
          <TransferMenu projectKey={projectKey} state={state} onImport={takeImport} />
        </div>
        <div className="row end min-w-0">
          {reason(reasonId)}
          {button(reasonId)}
        </div>
      </div>
      <div className="stack gap-2 px-6 pb-3 empty:hidden max-md:px-4 max-md:pt-3 max-md:pb-0">
        {shared && <SharedNotice shared={shared} />}
        {ended && (
          <Banner tone="warn" title={ended.message}>
            {`What you set up here is kept. ${ended.ask.length > 0 ? `Ask: ${ended.ask.join(', ')}.` : ''}`}
          </Banner>
        )}
        <DraftNotices
          status={status}
          onReload={() => {
            const theirs = control.reload()
            if (theirs) source.settle(theirs.definition)
          }}
          onKeepMine={control.keepMine}
          onBeginAgain={control.beginAgain}
        />
        {create.error && !refusal.name && <ProblemNotice error={create.error} onRetry={onCreate} />}
      </div>
      <WizardBody
        state={state}
        dispatch={dispatch}
        problems={problems}
        source={source}
        tab={tab}
        onTab={setTab}
        addressOf={addressOf}
        target={target}
        note={<SaveNote status={status} onDiscard={draftId ? onDiscard : null} />}
        reason={reason(`${reasonId}-below`)}
        action={button(`${reasonId}-below`)}
      />
    </>
  )
}

/** Tells settings of a link from one's own. */
function SharedNotice({ shared }: { shared: Result<WizardState> }) {
  if (!shared.ok)
    return <Banner tone="bad" title={shared.issues[0]?.message ?? 'This link cannot be read.'} />
  return (
    <Banner title="These settings come from a link">
      They are a draft of your own now. Files and previews are read under your own rights.
    </Banner>
  )
}

/** A missing name is a reason of Create and no mistake while one has not written any. */
const nameMistake = (problems: readonly Problem[], name: string): string | undefined =>
  name === '' ? undefined : problems.find(({ tab }) => tab === 'name')?.message

/** What the server says of the name, for as long as it is that name. */
function useRefusal(error: unknown, name: string): { name: string | undefined } {
  const [refused, setRefused] = useState<{ error: unknown; name: string } | null>(null)
  if (error && refused?.error !== error) setRefused({ error, name })
  if (!(error instanceof ApiError) || error.problem.details.where !== 'Dataset name')
    return { name: undefined }
  const { detail, details } = error.problem
  return { name: refused?.name === name ? `${detail} ${details.remedy ?? ''}`.trim() : undefined }
}
