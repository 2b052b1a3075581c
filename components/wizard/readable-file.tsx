'use client'

import { Button } from '#components/ui/button'
import { Status } from '#components/ui/status'
import type { Detection } from '#lib/domain/formats/detection'
import type { Preview } from '#lib/domain/formats/wire'
import { useDetection } from './use-detection'
import type { WizardSource } from './use-wizard-source'

/** That nothing of the newest file is shown, for the reason below, with one click to another one that has been read. */
export function ReadableFile({ source }: { source: WizardSource }) {
  const { data } = useDetection(source)
  const { current, error } = source.preview
  const isShown = current ? hasRecords(current) : !error
  const other = !isShown && data ? findReadable(data.files, current?.usedPath ?? source.file) : undefined
  if (!other) return null
  return (
    <div className="row wrap flex-none border-b border-border px-4 py-2">
      <Status kind="warn">
        <span className="whitespace-normal">This file has no record to show. Others can be read.</span>
      </Status>
      <Button small onClick={() => source.chooseFile(other.path)}>
        Open a readable file
      </Button>
    </div>
  )
}

const hasRecords = ({ rows }: Preview): boolean =>
  rows.some(({ unparsed, tooLarge }) => unparsed === undefined && !tooLarge)

/** The newest of the files looked at that is a text, or Parquet where that is what most are. */
function findReadable(files: Detection['files'], shown: string | null) {
  return files.findLast(
    ({ path, problem, looksLike, sizeBytes }) =>
      path !== shown && problem === null && sizeBytes > 0 && (looksLike === null || looksLike === 'Parquet'),
  )
}
