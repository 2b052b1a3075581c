'use client'

import { useQuery } from '@tanstack/react-query'
import { type FocusEvent, useState } from 'react'
import { Button, LinkButton } from '#components/ui/button'
import { FormGroup, FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Joined } from '#components/ui/joined'
import { showSuccess } from '#components/ui/toast'
import { connectionsQuery } from '#lib/client/connections'
import { readPastedPath } from '#lib/domain/connections/pasted-path'
import type { DatasetDefinition, FilesSelectionRules } from '#lib/domain/datasets/definition'
import { keepOnly } from '#lib/domain/datasets/file-kinds'
import type { FileKind } from '#lib/domain/datasets/files-wire'
import type { ScanBudget } from '#lib/domain/datasets/say-scan'
import { BrowseDialog } from './browse-dialog'
import { folderOf } from './browse-model'
import { ConnectionField } from './connection-field'
import { FilesFound } from './files-found'
import { KindsBeside } from './kinds-beside'
import { BudgetSelect } from './listing-cost'
import { SelectionFields } from './selection-fields'
import { mistakeAt, type WizardTabProps } from './tab-props'

const BROWSE_ID = 'browse-path'
const LIST_ID = 'list-files'
/** What is listed once more without being asked about, where rules were changed by one click. */
const UNASKED_BUDGET = 10_000
const PATH_PROBLEMS = /^ERR_FSPROVIDER_(ROOT|FSLIKE|ILLEGAL)/

/** Which files: connection, path, rules, and what a listing of them says. */
export function FilesTab(props: WizardTabProps) {
  const { state, dispatch, problems, source, readOnly } = props
  const { definition } = state
  const { params } = definition
  const [browsing, setBrowsing] = useState(false)
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
    // What is pressed next lists by itself, or chooses another path.
    if (to === BROWSE_ID || to === LIST_ID) return
    const next = tidy(definition)
    if (source.settle(next) && (cannotList === null || next !== definition)) source.files.ask(next)
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
  const keepOnlyKind = (kind: FileKind) =>
    take(keepOnly(params.filesSelectionRules, kind, source.files.report?.kinds ?? []), sayKept(kind))
  const refusedPath = source.files.startedOf !== null && !source.files.busy && source.files.error
  const pathError =
    mistakeAt(props, 'files', 'Path in bucket') ??
    (refusedPath && PATH_PROBLEMS.test(refusedPath.reason ?? '')
      ? [refusedPath.message, refusedPath.remedy].filter(Boolean).join(' ')
      : undefined)
  return (
    <div className="stack">
      <div className="form">
        <ConnectionField
          value={params.connection}
          error={mistakeAt(props, 'files', 'S3 connection')}
          disabled={Boolean(readOnly)}
          onValueChange={(connection) => dispatch({ step: 'set-connection', connection })}
        />
        {free && (
          <FormRow
            label="Bucket"
            error={mistakeAt(props, 'files', 'Bucket')}
            hint="This connection leaves the bucket to each dataset."
          >
            <Input
              mono
              value={params.bucket ?? ''}
              readOnly={Boolean(readOnly)}
              onChange={({ target }) => dispatch({ step: 'set-bucket', bucket: target.value || null })}
              onKeyDown={({ key }) => key === 'Enter' && list()}
              onBlur={leave}
            />
          </FormRow>
        )}
        <FormRow label="Path in bucket" error={pathError}>
          <Joined>
            <Input
              mono
              spellCheck={false}
              value={params.path}
              readOnly={Boolean(readOnly)}
              onChange={({ target }) => dispatch({ step: 'set-path', path: target.value })}
              onKeyDown={({ key }) => key === 'Enter' && list()}
              onBlur={leave}
            />
            <Button
              id={BROWSE_ID}
              disabledReason={params.connection === '' ? 'Choose the S3 connection first.' : readOnly}
              onClick={() => setBrowsing(true)}
            >
              Browse…
            </Button>
          </Joined>
        </FormRow>
        <FormGroup>
          <div className="row wrap gap-4">
            <Button
              id={LIST_ID}
              icon="refresh"
              disabledReason={cannotList}
              busy={source.files.busy || source.files.looking}
              onClick={() => list()}
            >
              List files
            </Button>
            <BudgetSelect listing={source.files} />
            <LinkButton aria-expanded={advanced} onClick={() => setAdvanced((now) => !now)}>
              {advanced ? 'Hide advanced options' : 'Show advanced options'}
            </LinkButton>
          </div>
        </FormGroup>
        {advanced && <SelectionFields {...props} />}
      </div>
      <FilesFound
        source={source}
        pathRefused={pathError !== undefined}
        onList={(upTo) => list(definition, upTo)}
        onKeepOnly={readOnly ? null : keepOnlyKind}
        notices={
          <KindsBeside
            source={source}
            rules={params.filesSelectionRules}
            onTake={readOnly ? null : (rules, label) => take(rules, `${label}: done.`)}
          />
        }
      />
      {browsing && (
        <BrowseDialog
          connection={params.connection}
          bucket={params.bucket}
          start={folderOf(params.path)}
          choose="folder"
          onClose={() => setBrowsing(false)}
          onChoose={(path) => {
            dispatch({ step: 'set-path', path })
            list({ ...definition, params: { ...params, path } })
          }}
        />
      )}
    </div>
  )
}

const sayKept = ({ ending }: FileKind): string =>
  `Only files ${ending === '' ? 'without an ending' : `ending in ${ending}`} are taken.`

const withRules = (definition: DatasetDefinition, filesSelectionRules: FilesSelectionRules) => ({
  ...definition,
  params: { ...definition.params, filesSelectionRules },
})
