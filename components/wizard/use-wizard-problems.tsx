'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { datasetsQuery } from '#lib/client/datasets'
import { type BesideFolder, besideProblems } from '#lib/domain/datasets/files-detection'
import { headerlessProblems, renamedProblems } from '#lib/domain/datasets/headerless-files'
import { oddKindProblems } from '#lib/domain/datasets/odd-kinds'
import { previewProblems } from '#lib/domain/datasets/preview-problems'
import { nameKeyOf } from '#lib/domain/datasets/problems'
import { sayProblem } from '#lib/domain/datasets/say-problem'
import type { WizardState } from '#lib/domain/datasets/wizard'
import { problemsOf } from '#lib/domain/datasets/wizard-problems'
import { useConnectionEnd } from './use-connection-end'
import { useDetection } from './use-detection'
import type { WizardSource } from './use-wizard-source'

const NONE: readonly BesideFolder[] = []

/** What is wrong with the settings of a dataset to be or worth knowing of them, and what keeps it from being created. */
export function useWizardProblems(projectKey: string, state: WizardState, source: WizardSource) {
  const { data: list } = useQuery(datasetsQuery(projectKey))
  const taken = useMemo(() => new Set(list?.datasets.map(({ name }) => nameKeyOf(name))), [list])
  const { found, report } = source.columns
  const { current, refetch } = source.preview
  const beside = useDetection(source).data?.beside ?? NONE
  const listed = source.filesAreCurrent ? source.files.report : null
  const problems = useMemo(
    () => [
      ...problemsOf(state, taken, found),
      ...previewProblems(state.definition, current),
      ...(report ? [...headerlessProblems(report), ...renamedProblems(report)] : []),
      ...besideProblems(beside),
      ...(listed ? oddKindProblems(listed) : []),
    ],
    [state, taken, found, current, report, beside, listed],
  )
  const ended = useConnectionEnd(state.definition.params.connection)
  useReadAgain(ended !== null, refetch)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const reasons = [
    ...(ended ? [ended.message] : []),
    ...(list && !list.canCreate ? ['You need to be able to write in this project.'] : []),
    ...errors.map(sayProblem),
  ]
  return {
    problems,
    ended,
    /** Most urgent first. */
    reasons,
    /** What there is to go to, most urgent first; nothing where the settings are not what keeps it from being created. */
    mistakes: ended ? [] : errors,
  }
}

/** A right that was given meanwhile opens what was refused before. */
function useReadAgain(isDenied: boolean, refetch: () => void): void {
  const wasDenied = useRef(false)
  useEffect(() => {
    if (wasDenied.current && !isDenied) refetch()
    wasDenied.current = isDenied
  }, [isDenied, refetch])
}
