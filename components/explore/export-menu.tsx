'use client'

import { Button } from '#components/ui/button'
import { Menu } from '#components/ui/menu'
import { showSuccess } from '#components/ui/toast'
import { useExportSample } from '#lib/client/datasets'
import { keepFile } from '#lib/client/keep-file'
import type { SAMPLE_EXPORTS } from '#lib/domain/datasets/sample-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { type SampleChoice, toRequest } from './sample-choice'

type Format = (typeof SAMPLE_EXPORTS)[number]

const LABELS: Record<Format, string> = { csv: 'CSV', json: 'JSON', parquet: 'Parquet' }

interface ExportMenuProps {
  dataset: Dataset
  choice: SampleChoice
  disabledReason: string | null
  onError: (error: unknown) => void
}

/** Takes the sample away as a file; it is read once more, under the rights of this moment. */
export function ExportMenu({ dataset, choice, disabledReason, onError }: ExportMenuProps) {
  const { projectKey, name } = dataset
  const exporting = useExportSample(projectKey, name)
  const start = (format: Format) => {
    onError(null)
    exporting.mutate(
      { ...toRequest(choice), format },
      {
        onError,
        onSuccess: (file) => {
          keepFile(file, `${name}-sample.${format}`)
          showSuccess(`The sample was exported as ${LABELS[format]}.`)
        },
      },
    )
  }
  const button = (
    <Button icon="download" busy={exporting.isPending} disabledReason={disabledReason}>
      Export
    </Button>
  )
  if (disabledReason || exporting.isPending) return button
  return (
    <Menu
      trigger={button}
      entries={[
        { kind: 'caption', label: 'This sample, without filter and order' },
        { label: LABELS.csv, second: 'for spreadsheets', onSelect: () => start('csv') },
        { label: LABELS.json, second: 'an array of records', onSelect: () => start('json') },
        { label: LABELS.parquet, second: 'with the types of the schema', onSelect: () => start('parquet') },
      ]}
    />
  )
}
