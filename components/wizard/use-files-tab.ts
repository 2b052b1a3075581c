'use client'

import { useQuery } from '@tanstack/react-query'
import { type FocusEvent, useState } from 'react'
import { showSuccess } from '#components/ui/toast'
import { connectionsQuery } from '#lib/client/connections'
import { readPastedPath } from '#lib/domain/connections/pasted-path'
import type { DatasetDefinition, FilesSelectionRules } from '#lib/domain/datasets/definition'
import { keepOnly } from '#lib/domain/datasets/file-kinds'
import type { FileKind } from '#lib/domain/datasets/files-wire'
import type { ScanBudget } from '#lib/domain/datasets/say-scan'
import { refusedPath } from './refused-path'
import { mistakeAt, type WizardTabProps } from './tab-props'

/** Buttons that list by themselves, or choose another path. */
export const BROWSE_ID = 'browse-path'
export const LIST_ID = 'list-files'
/** What is listed once more without being asked about, where rules were changed by one click. */
const UNASKED_BUDGET = 10_000

/** What the tab of the files does: lists what was chosen, and takes other rules by one click. */
export function useFilesTab(props: WizardTabProps) {
  const { state, dispatch, problems, source, readOnly } = props
  const { definition } = state
  const { params } = definition
  const [advanced, setAdvanced] = useState(params.filesSelectionRules.mode !== 'ALL')
  const { data } = useQuery(connectionsQuery())
  const free =
    data?.items.find(({ name }) => name === params.connection)?.freeBucket ?? params.bucket !== null
  const cannotList = problems.find((one) => one.tab === 'files' && one.severity === 'error')?.message ?? null

  /** Takes apart what was pasted: spaces around a path, and an address of S3. */
  const tidy = (wanted: DatasetDefinition): DatasetDefinition => {
    const { path, bucket } = readPastedPath(wanted.params.path)
    if (readOnly || path === wanted.params.path) return wanted
    dispatch({ step: 'set-path', path })
    if (!free || bucket === null) return { ...wanted, params: { ...wanted.params, path } }
    dispatch({ step: 'set-bucket', bucket })
    return { ...wanted, params: { ...wanted.params, path, bucket } }
  }
  /** Asks what it takes first, unless a budget says how far one wants to go. */
  const list = (wanted: DatasetDefinition = definition, upTo?: ScanBudget) => {
    const next = tidy(wanted)
    source.settle(next)
    if (cannotList !== null && next === definition) return
    if (upTo === undefined) source.files.ask(next)
    else source.files.start(next, upTo)
  }
  const leave = (event: FocusEvent) => {
    const to = event.relatedTarget instanceof Element ? event.relatedTarget.id : ''
    const next = tidy(definition)
    const isElsewhere = source.settle(next)
    // What may be pressed next lists by itself, or chooses another path; Tab passes them by, so the place counts all the same.
    if (to === BROWSE_ID || to === LIST_ID) return
    if (isElsewhere && (cannotList === null || next !== definition)) source.files.ask(next)
  }
  const select = (rules: FilesSelectionRules) => {
    dispatch({ step: 'set-selection', rules })
    const { report } = source.files
    if (report && report.listed <= UNASKED_BUDGET) list(withRules(definition, rules), UNASKED_BUDGET)
  }
  /** Takes other rules by one click, which can be undone. */
  const take = (rules: FilesSelectionRules, said: string) => {
    const before = params.filesSelectionRules
    setAdvanced(true)
    select(rules)
    showSuccess(said, { onUndo: () => select(before) })
  }
  const keepOnlyKind = (kind: FileKind) => {
    const kept = keepOnly(params.filesSelectionRules, kind, source.files.report?.kinds ?? [])
    return kept && (() => take(kept, sayKept(kind)))
  }
  return {
    advanced,
    setAdvanced,
    /** The connection leaves the bucket to each dataset. */
    free,
    cannotList,
    list,
    leave,
    take,
    keepOnlyKind,
    pathError: mistakeAt(props, 'files', 'Path in bucket') ?? refusedPath(source)[0]?.message,
  }
}

const sayKept = ({ ending }: FileKind): string =>
  `Only files ${ending === '' ? 'without an ending' : `ending in ${ending}`} are taken.`

const withRules = (definition: DatasetDefinition, filesSelectionRules: FilesSelectionRules) => ({
  ...definition,
  params: { ...definition.params, filesSelectionRules },
})
