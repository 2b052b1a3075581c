'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo, useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Banner } from '#components/ui/banner'
import { Button, LinkButton } from '#components/ui/button'
import { Time } from '#components/ui/time'
import { showSuccess } from '#components/ui/toast'
import { exportDataset } from '#components/wizard/transfer/export-dataset'
import { useFollowColumns } from '#components/wizard/use-columns'
import { useWizardSource } from '#components/wizard/use-wizard-source'
import { addressWith, readTab } from '#components/wizard/wizard-address'
import { WizardBody } from '#components/wizard/wizard-body'
import { ApiError } from '#lib/client/api'
import { useSaveDataset } from '#lib/client/datasets'
import { sayActor } from '#lib/domain/audit/say-actor'
import type { WizardTab } from '#lib/domain/datasets/problem'
import { sayProblem } from '#lib/domain/datasets/say-problem'
import type { Dataset } from '#lib/domain/datasets/wire'
import { doColumnsFollow } from '#lib/domain/datasets/wizard'
import { followingProblems } from '#lib/domain/datasets/wizard-problems'
import { DatasetHead } from './dataset-head'
import { DeleteDataset } from './delete-dataset'
import { useSettingsDraft } from './use-settings-draft'

/** The wizard's tabs on the saved definition; nothing is kept before Save. */
export function SettingsEditor({ dataset, ended }: { dataset: Dataset; ended: string | null }) {
  const { projectKey, name } = dataset
  const query = useSearchParams()
  const draft = useSettingsDraft(dataset)
  const { state, isChanged } = draft
  const follows = state.touched.includes('format') && doColumnsFollow(state)
  const source = useWizardSource(state, `${projectKey}.${name}`, follows)
  useFollowColumns(source.columns, draft.dispatch, follows)
  const { found } = source.columns
  const problems = useMemo(
    () => [...draft.problems, ...followingProblems(state, found)],
    [draft.problems, state, found],
  )
  const save = useSaveDataset(projectKey, name)
  const [saved, setSaved] = useState(false)
  const tab = readTab(query)
  const addressOf = (to: WizardTab) => addressWith(query.toString(), { tab: to })
  const conflict = save.error instanceof ApiError && save.error.reason === 'changed-meanwhile'
  const first = problems.find((problem) => problem.severity === 'error')
  const submit = (version: number) =>
    save.mutate(
      { version, definition: state.definition },
      {
        onSuccess: () => {
          setSaved(true)
          showSuccess(`${name} was saved.`)
        },
      },
    )
  // What was saved comes back with the next reading of the dataset, and is the base from then on.
  if (saved && dataset.version > draft.version) {
    setSaved(false)
    draft.takeSaved(dataset)
  }
  const discard = () => {
    save.reset()
    draft.takeSaved(dataset)
    source.settle(dataset.definition)
  }
  const button = (
    <Button
      variant="primary"
      busy={save.isPending || saved}
      disabledReason={ended ?? (isChanged ? (first ? sayProblem(first) : null) : 'Nothing was changed.')}
      onClick={() => submit(draft.version)}
    >
      Save
    </Button>
  )
  return (
    <>
      <DatasetHead
        dataset={dataset}
        tab="settings"
        actions={
          <>
            <Button onClick={() => exportDataset(projectKey, name, state.definition)}>Export JSON</Button>
            {dataset.can.delete && <DeleteDataset dataset={dataset} />}
            {isChanged && (
              <span className="only-l">
                <Button variant="ghost" onClick={discard}>
                  Discard
                </Button>
              </span>
            )}
            <span className="only-l">{button}</span>
          </>
        }
      />
      <div className="stack gap-2 px-4 py-3 empty:hidden">
        {conflict ? (
          <Banner
            tone="warn"
            title={`${sayActor(dataset.updatedBy)} changed these settings meanwhile`}
            actions={
              <>
                <Button small onClick={discard}>
                  Reload
                </Button>
                <Button small busy={save.isPending} onClick={() => submit(dataset.version)}>
                  Save mine over theirs
                </Button>
              </>
            }
          >
            <p>
              They were saved <Time at={dataset.updatedAt} />. Reload takes what stands now and lets go of
              your changes.
            </p>
          </Banner>
        ) : (
          <ProblemNotice error={save.error} />
        )}
      </div>
      <WizardBody
        state={state}
        dispatch={draft.dispatch}
        problems={problems}
        source={source}
        readOnly={ended}
        tab={tab}
        onTab={(to) => to !== tab && window.history.pushState(null, '', addressOf(to))}
        addressOf={addressOf}
        note={
          <>
            <span role="status">
              {isChanged ? (
                'Not saved'
              ) : (
                <>
                  Saved <Time at={dataset.updatedAt} as="exact" /> by {sayActor(dataset.updatedBy)}
                </>
              )}
            </span>
            {isChanged && <LinkButton onClick={discard}>Discard</LinkButton>}
          </>
        }
        reason={null}
        action={button}
      />
    </>
  )
}
