'use client'

import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { ApiError } from '#lib/client/api'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { WizardStep } from '#lib/domain/datasets/wizard'
import { FORMAT_LABELS } from '#lib/domain/formats/catalogue'
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
  dispatch: ((step: WizardStep) => void) | null
}

/** Names what a binary file is, with the settings that read it where there are such. */
export function BinaryContent({ preview, definition, dispatch }: BinaryContentProps) {
  const problem = preview.problems.find(({ reason }) => reason === 'looks-like-binary')
  const way = preview.looksLike === null ? null : findWay(preview.looksLike, definition)
  return (
    <EmptyState
      icon="file"
      title={problem?.message ?? `This looks like ${preview.looksLike}`}
      actions={way && dispatch ? <Button onClick={() => dispatch(way.step)}>{way.label}</Button> : undefined}
    >
      {`${sayFormat(definition.formatType)} would show it as noise. ${problem?.remedy ?? ''}`}
    </EmptyState>
  )
}

const sayFormat = (type: string): string =>
  Object.hasOwn(FORMAT_LABELS, type) ? FORMAT_LABELS[type as keyof typeof FORMAT_LABELS] : 'This type'

const PACKED = /gzip|zip archive|bzip2|zstd/i

/** Settings under which a binary file can be read, if there are any. */
function findWay(looksLike: string, { formatType, formatParams }: DatasetDefinition) {
  if (looksLike === 'Parquet' && formatType !== 'parquet') {
    const step: WizardStep = { step: 'set-format-type', type: 'parquet' }
    return { label: 'Read as Parquet', step }
  }
  if (PACKED.test(looksLike) && formatParams.compress !== '') {
    const step: WizardStep = { step: 'set-format-params', params: { compress: '' } }
    return { label: 'Detect the compression', step }
  }
  return null
}
