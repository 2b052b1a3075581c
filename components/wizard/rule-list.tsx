'use client'

import { Button } from '#components/ui/button'
import { ErrorLine } from '#components/ui/error-line'
import { FormGroup } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import type { SelectionRule } from '#lib/domain/datasets/definition'

const KINDS = [
  { value: 'GLOB', label: 'Glob' },
  { value: 'REGEXP', label: 'Regular expression' },
] as const
const SUBJECTS = [
  { value: 'FILENAME', label: 'File name' },
  { value: 'FULL_PATH', label: 'Full path' },
] as const
const NEW_RULE: SelectionRule = { mode: 'GLOB', matchingMode: 'FILENAME', expr: '' }

interface RuleListProps {
  label: 'Include' | 'Exclude'
  rules: readonly SelectionRule[]
  /** What is wrong with the list, and with each rule. */
  error: string | undefined
  /** What is to be done first, which is no mistake yet. */
  todo: string | undefined
  mistakes: ReadonlyMap<number, string>
  /** What each rule takes or leaves: `"takes 180 of 200 examples"`; null while nothing is known. */
  counts: readonly string[] | null
  disabled: boolean
  onChange: (rules: SelectionRule[]) => void
}

/** Rules of one list, each with its mistake and with what it does to the files of the last listing. */
export function RuleList({ label, rules, error, todo, mistakes, counts, disabled, onChange }: RuleListProps) {
  const change = (index: number, part: Partial<SelectionRule>) =>
    onChange(rules.map((rule, i) => (i === index ? { ...rule, ...part } : rule)))
  const locked = disabled ? 'Nothing can be changed here.' : null
  return (
    <FormGroup label={label}>
      <ul className="stack gap-2">
        {rules.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place in the list
          <li key={index} className="stack gap-1">
            <div className="row wrap">
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
                aria-invalid={mistakes.has(index) || undefined}
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
                disabledReason={locked}
                onClick={() => onChange(rules.filter((_, i) => i !== index))}
              />
            </div>
            {mistakes.has(index) ? (
              <ErrorLine>{mistakes.get(index)}</ErrorLine>
            ) : (
              counts?.[index] && <p className="small muted">{counts[index]}</p>
            )}
          </li>
        ))}
      </ul>
      {error ? <ErrorLine>{error}</ErrorLine> : todo && <p className="hint">{todo}</p>}
      <Button
        small
        icon="plus"
        className="mt-2"
        disabledReason={locked}
        onClick={() => onChange([...rules, NEW_RULE])}
      >
        Add a rule
      </Button>
    </FormGroup>
  )
}
