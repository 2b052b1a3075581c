'use client'

import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { ApiError } from '#lib/client/api'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { suggestFixes } from '#lib/domain/datasets/suggest-fixes'
import type { WizardStep } from '#lib/domain/datasets/wizard'
import { findFormatKind } from '#lib/domain/formats/catalogue'
import type { Detection } from '#lib/domain/formats/detection'
import type { Preview } from '#lib/domain/formats/wire'

/** Why nothing could be read, or that there is nothing yet. */
export function PreviewFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const problem = error instanceof ApiError ? error.problem : null
  if (problem?.details.reason === 'nothing-to-preview') {
    return (
      <EmptyState icon="clock" title={problem.detail} actions={<Button onClick={onRetry}>Check now</Button>}>
        As soon as there is a file, its first records stand here.
      </EmptyState>
    )
  }
  return (
    <div className="p-4">
      <ProblemNotice error={error} onRetry={onRetry} />
    </div>
  )
}

interface BinaryContentProps {
  preview: Preview
  definition: DatasetDefinition
  detection: Detection | null
  dispatch: ((step: WizardStep) => void) | null
}

/** Names what a binary file is, with what takes it out or reads it all the same. */
export function BinaryContent({ preview, definition, detection, dispatch }: BinaryContentProps) {
  const problem = preview.problems.find(({ reason }) => reason === 'looks-like-binary')
  const fixes = problem && dispatch ? suggestFixes(problem, { definition, preview, detection }) : []
  return (
    <EmptyState
      icon="file"
      title={problem?.message ?? `This looks like ${preview.looksLike}`}
      actions={fixes.map(({ label, step }) => (
        <Button key={label} onClick={() => dispatch?.(step)}>
          {label}
        </Button>
      ))}
    >
      {`${findFormatKind(definition.formatType)?.label ?? 'This type'} would show it as noise. ${problem?.remedy ?? ''}`}
    </EmptyState>
  )
}
