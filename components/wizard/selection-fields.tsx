'use client'

import { Button } from '#components/ui/button'
import { ErrorLine } from '#components/ui/error-line'
import { FormGroup, FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import { Textarea } from '#components/ui/textarea'
import type { FilesSelectionRules, SelectionRule } from '#lib/domain/datasets/definition'
import { mistakeAt, type WizardTabProps } from './tab-props'

const MODES: { value: FilesSelectionRules['mode']; label: string }[] = [
  { value: 'ALL', label: 'All' },
  { value: 'EXPLICIT_SELECT_FILES', label: 'Explicitly select files' },
  { value: 'RULES_INCLUDED_ONLY', label: 'Include only what rules name' },
  { value: 'RULES_ALL_BUT_EXCLUDED', label: 'All but what rules exclude' },
]
const KINDS = [
  { value: 'GLOB', label: 'Glob' },
  { value: 'REGEXP', label: 'Regular expression' },
] as const
const SUBJECTS = [
  { value: 'FILENAME', label: 'File name' },
  { value: 'FULL_PATH', label: 'Full path' },
] as const
const NEW_RULE: SelectionRule = { mode: 'GLOB', matchingMode: 'FILENAME', expr: '' }

/** Which of the files below the path belong to the dataset: all, named ones, or by rules. */
export function SelectionFields(props: WizardTabProps) {
  const { state, dispatch, readOnly } = props
  const rules = state.definition.params.filesSelectionRules
  const set = (change: Partial<FilesSelectionRules>) =>
    dispatch({ step: 'set-selection', rules: { ...rules, ...change } })
  const error = mistakeAt(props, 'files', 'Selection rules')
  const disabled = Boolean(readOnly)
  return (
    <>
      <FormRow label="Files to take">
        <Select
          value={rules.mode}
          choices={MODES}
          disabled={disabled}
          onValueChange={(mode) => set({ mode })}
        />
      </FormRow>
      {rules.mode === 'EXPLICIT_SELECT_FILES' && (
        <FormRow label="Selected files" error={error} hint="One path a line, below the path in bucket.">
          <Textarea
            mono
            rows={5}
            readOnly={disabled}
            value={rules.explicitFiles.join('\n')}
            onChange={({ target }) => set({ explicitFiles: readLines(target.value) })}
          />
        </FormRow>
      )}
      {rules.mode === 'RULES_INCLUDED_ONLY' && (
        <RuleList
          label="Include"
          rules={rules.includeRules}
          error={error}
          disabled={disabled}
          onChange={(includeRules) => set({ includeRules })}
        />
      )}
      {rules.mode === 'RULES_ALL_BUT_EXCLUDED' && (
        <RuleList
          label="Exclude"
          rules={rules.excludeRules}
          error={error}
          disabled={disabled}
          onChange={(excludeRules) => set({ excludeRules })}
        />
      )}
    </>
  )
}

/** Keeps the line one is about to write: a text that ends in a line end has an empty last one. */
const readLines = (text: string): string[] => (text === '' ? [] : text.split('\n'))

interface RuleListProps {
  label: 'Include' | 'Exclude'
  rules: readonly SelectionRule[]
  error: string | undefined
  disabled: boolean
  onChange: (rules: SelectionRule[]) => void
}

function RuleList({ label, rules, error, disabled, onChange }: RuleListProps) {
  const change = (index: number, part: Partial<SelectionRule>) =>
    onChange(rules.map((rule, i) => (i === index ? { ...rule, ...part } : rule)))
  return (
    <FormGroup label={label}>
      <ul className="stack gap-2">
        {rules.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place in the list
          <li key={index} className="row wrap">
            <Select
              aria-label={`Kind of rule ${index + 1}`}
              value={rule.mode}
              choices={KINDS}
              disabled={disabled}
              onValueChange={(mode) => change(index, { mode })}
            />
            <Select
              aria-label={`What rule ${index + 1} looks at`}
              value={rule.matchingMode}
              choices={SUBJECTS}
              disabled={disabled}
              onValueChange={(matchingMode) => change(index, { matchingMode })}
            />
            <Input
              mono
              aria-label={`Expression of rule ${index + 1}`}
              className="grow"
              placeholder={rule.mode === 'GLOB' ? '*.ndjson.gz' : '.*\\.ndjson\\.gz'}
              value={rule.expr}
              readOnly={disabled}
              onChange={({ target }) => change(index, { expr: target.value })}
            />
            <Button
              variant="ghost"
              small
              square
              icon="trash"
              aria-label={`Delete rule ${index + 1}`}
              disabledReason={disabled ? 'Nothing can be changed here.' : null}
              onClick={() => onChange(rules.filter((_, i) => i !== index))}
            />
          </li>
        ))}
      </ul>
      {error && <ErrorLine>{error}</ErrorLine>}
      <Button
        small
        icon="plus"
        className="mt-2"
        disabledReason={disabled ? 'Nothing can be changed here.' : null}
        onClick={() => onChange([...rules, NEW_RULE])}
      >
        Add a rule
      </Button>
    </FormGroup>
  )
}
