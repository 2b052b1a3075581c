'use client'

import { useQuery } from '@tanstack/react-query'
import { type Dispatch, useEffect, useMemo } from 'react'
import { detectionQuery } from '#lib/client/files'
import { type DatasetDefinition, newDefinition } from '#lib/domain/datasets/definition'
import { findProblems } from '#lib/domain/datasets/problems'
import type { WizardState, WizardStep } from '#lib/domain/datasets/wizard'
import { isReadAs } from '#lib/domain/datasets/wizard-format'
import { pickConfident } from './detected'

/** What names the place whose files are looked at. */
interface Place {
  preview: { request: DatasetDefinition }
}

/** Looks at several files of the settled place, once it can be read; all who ask for the same place share one look. */
export function useDetection({ preview }: Place) {
  const { params } = preview.request
  const definition = useMemo(() => ({ ...newDefinition(), params }), [params])
  const canBeRead = useMemo(
    () => !findProblems('', definition).some(({ tab, severity }) => tab === 'files' && severity === 'error'),
    [definition],
  )
  return useQuery({ ...detectionQuery({ definition }), enabled: canBeRead, retry: false })
}

/** Takes over what the files look like, as long as nobody has chosen a format. Only for a dataset to be. */
export function useTakeDetected(source: Place, dispatch: Dispatch<WizardStep>) {
  const { data } = useDetection(source)
  const found = useMemo(() => data && pickConfident(data), [data])
  useEffect(() => {
    if (found) dispatch({ step: 'take-detected', format: found.format })
  }, [found, dispatch])
}

/** Whether what the files look like is not known yet, or not taken over: a format that nobody chose may still change. */
export function useIsDetecting(source: Place, { definition, touched }: WizardState): boolean {
  const { data, isLoading } = useDetection(source)
  const found = useMemo(() => data && pickConfident(data), [data])
  if (touched.includes('format')) return false
  return isLoading || (found != null && !isReadAs(definition, found.format))
}
