'use client'

import { Checkbox, RadioOptions } from '#components/ui/option'
import type { WizardTabProps } from './tab-props'

/** What to do where files and settings do not fit each other. */
export function AdvancedTab({ state, dispatch, readOnly }: WizardTabProps) {
  const { partitioning, params, unreadableFiles } = state.definition
  const partitioned = partitioning.dimensions.length > 0
  const disabled = Boolean(readOnly)
  return (
    <div className="stack-6">
      <RadioOptions
        legend="Files that do not match the pattern"
        description={partitioned ? undefined : 'Matters once partitioning is activated.'}
        disabled={disabled}
        value={partitioning.ignoreNonMatchingFile === false ? 'fail' : 'leave'}
        onValueChange={(chosen) =>
          dispatch({
            step: 'set-partitioning-option',
            options: { ignoreNonMatchingFile: chosen === 'leave' },
          })
        }
        choices={[
          {
            value: 'leave',
            label: 'Leave out and count',
            hint: 'They belong to no partition; listings name them.',
          },
          {
            value: 'fail',
            label: 'Fail when reading',
            hint: 'Nothing is read as long as one of them is there.',
          },
        ]}
      />
      <RadioOptions
        legend="Missing partitions"
        description="A partition that someone asks for and that has no file."
        disabled={disabled}
        value={partitioning.considerMissingRequestedPartitionsAsEmpty ? 'empty' : 'fail'}
        onValueChange={(chosen) =>
          dispatch({
            step: 'set-partitioning-option',
            options: { considerMissingRequestedPartitionsAsEmpty: chosen === 'empty' },
          })
        }
        choices={[
          { value: 'fail', label: 'Fail when reading' },
          { value: 'empty', label: 'Read as empty' },
        ]}
      />
      <RadioOptions
        legend="Unreadable files"
        description="A file that ends too early, is not what its compression says, or cannot be opened."
        disabled={disabled}
        value={unreadableFiles}
        onValueChange={(chosen) => dispatch({ step: 'set-advanced', options: { unreadableFiles: chosen } })}
        choices={[
          { value: 'fail', label: 'Fail when reading', hint: 'The message names the file and the place.' },
          {
            value: 'warn',
            label: 'Leave out and count',
            hint: 'The others are read; how many were left out is said.',
          },
        ]}
      />
      <section aria-label="Empty dataset" className="stack gap-2">
        <h2>Empty dataset</h2>
        <Checkbox
          label="Not ready if empty"
          hint="Reading says that it is not ready, instead of giving no records."
          checked={params.notReadyIfEmpty}
          disabled={disabled}
          onCheckedChange={(notReadyIfEmpty) =>
            dispatch({ step: 'set-advanced', options: { notReadyIfEmpty } })
          }
        />
      </section>
    </div>
  )
}
