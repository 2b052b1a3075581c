'use client'

import { useMemo, useState } from 'react'
import { Button } from '#components/ui/button'
import { FormGroup, FormRow } from '#components/ui/field'
import { Select } from '#components/ui/select'
import { Textarea } from '#components/ui/textarea'
import type { FilesSelectionRules } from '#lib/domain/datasets/definition'
import { isToDo } from '#lib/domain/datasets/wizard-problems'
import { BrowseDialog } from './browse-dialog'
import { folderOf } from './browse-model'
import { sayCounts } from './rule-counts'
import { RuleList } from './rule-list'
import type { WizardTabProps } from './tab-props'

const MODES: { value: FilesSelectionRules['mode']; label: string }[] = [
  { value: 'ALL', label: 'All' },
  { value: 'EXPLICIT_SELECT_FILES', label: 'Explicitly select files' },
  { value: 'RULES_INCLUDED_ONLY', label: 'Include only what rules name' },
  { value: 'RULES_ALL_BUT_EXCLUDED', label: 'All but what rules exclude' },
]

/** Which of the files below the path belong to the dataset: all, named ones, or by rules. */
export function SelectionFields(props: WizardTabProps) {
  const { state, dispatch, readOnly, source } = props
  const rules = state.definition.params.filesSelectionRules
  const set = (change: Partial<FilesSelectionRules>) =>
    dispatch({ step: 'set-selection', rules: { ...rules, ...change } })
  const [leftMode, setLeftMode] = useState<string | null>(null)
  const { error, todo, mistakes, isMistaken } = mistakesOf(props, leftMode === rules.mode)
  const disabled = Boolean(readOnly)
  const { report } = source.files
  const counts = useMemo(
    () => sayCounts(rules, report, source.filesAreCurrent),
    [rules, report, source.filesAreCurrent],
  )
  const list = { error, todo, disabled, counts: counts?.byRule ?? null }
  return (
    // biome-ignore lint/a11y/useSemanticElements: its parts are rows of the form around it
    <div
      className="contents"
      role="group"
      aria-label="Selection rules"
      tabIndex={-1}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setLeftMode(rules.mode)
      }}
    >
      <FormRow label="Files to take">
        <Select
          value={rules.mode}
          choices={MODES}
          disabled={disabled}
          onValueChange={(mode) => set({ mode })}
        />
      </FormRow>
      {rules.mode === 'EXPLICIT_SELECT_FILES' && (
        <ExplicitFiles
          {...props}
          error={error}
          todo={todo}
          onChange={(explicitFiles) => set({ explicitFiles })}
        />
      )}
      {rules.mode === 'RULES_INCLUDED_ONLY' && (
        <RuleList
          {...list}
          label="Include"
          rules={rules.includeRules}
          mistakes={mistakes('includeRules')}
          onChange={(includeRules) => set({ includeRules })}
        />
      )}
      {rules.mode === 'RULES_ALL_BUT_EXCLUDED' && (
        <RuleList
          {...list}
          label="Exclude"
          rules={rules.excludeRules}
          mistakes={mistakes('excludeRules')}
          onChange={(excludeRules) => set({ excludeRules })}
        />
      )}
      {counts && !isMistaken && (
        <FormGroup>
          <p className="small" role="status">
            {counts.together}
          </p>
        </FormGroup>
      )}
    </div>
  )
}

/**
 * The mistakes of the rules, each at its own one, and the first that belongs to none. What is merely not filled in is to
 * do until one has `left` the fields.
 */
function mistakesOf({ state, problems }: WizardTabProps, left: boolean) {
  const all = state.touched.includes('files')
    ? problems.filter(
        ({ tab, field, severity }) => tab === 'files' && field === 'Selection rules' && severity === 'error',
      )
    : []
  const isMistake = (problem: (typeof all)[number]) => left || !isToDo(state.definition, problem)
  // `params.filesSelectionRules.includeRules.0.expr`
  const isOfRule = ({ path }: (typeof all)[number]) => typeof path[3] === 'number'
  return {
    isMistaken: all.length > 0,
    error: all.find((problem) => !isOfRule(problem) && isMistake(problem))?.message,
    todo: all.find((problem) => !isOfRule(problem) && !isMistake(problem))?.message,
    mistakes: (list: 'includeRules' | 'excludeRules') =>
      new Map(
        all
          .filter((problem) => isOfRule(problem) && isMistake(problem) && problem.path[2] === list)
          .map(({ path, message }) => [Number(path[3]), message]),
      ),
  }
}

interface ExplicitFilesProps extends WizardTabProps {
  error: string | undefined
  /** What is to be done first. */
  todo: string | undefined
  onChange: (paths: string[]) => void
}

/** Files chosen one by one: picked in the bucket, or written. */
function ExplicitFiles({ state, readOnly, error, todo, onChange }: ExplicitFilesProps) {
  const [picking, setPicking] = useState(false)
  const { connection, bucket, path, filesSelectionRules } = state.definition.params
  const { explicitFiles } = filesSelectionRules
  const root = folderOf(path)
  return (
    <>
      <FormRow
        label="Selected files"
        error={error}
        hint={`${todo ? `${todo} ` : ''}One path a line, below the path in bucket.`}
      >
        <Textarea
          mono
          rows={5}
          readOnly={Boolean(readOnly)}
          value={explicitFiles.join('\n')}
          onChange={({ target }) => onChange(readLines(target.value))}
        />
      </FormRow>
      <FormGroup>
        <Button
          small
          icon="folder"
          disabledReason={connection === '' ? 'Choose the S3 connection first.' : readOnly}
          onClick={() => setPicking(true)}
        >
          Choose files…
        </Button>
      </FormGroup>
      {picking && (
        <BrowseDialog
          connection={connection}
          bucket={bucket}
          start={root}
          choose="files"
          marked={explicitFiles.filter(Boolean).map((file) => root + file.replace(/^\//, ''))}
          below={root}
          onClose={() => setPicking(false)}
          onChooseFiles={(files) => onChange(files.map((file) => `/${file.slice(root.length)}`))}
        />
      )}
    </>
  )
}

/** Keeps the line one is about to write: a text that ends in a line end has an empty last one. */
const readLines = (text: string): string[] => (text === '' ? [] : text.split('\n'))
