import { formatLabel } from '../formats/catalogue'
import type { FormatProblem, Preview } from '../formats/wire'
import type { DatasetDefinition } from './definition'
import type { Problem } from './problem'

/** Warns that the previewed file cannot be read by the settings of the format: others may be, so Create stays open. */
export function previewProblems(
  { formatType }: Pick<DatasetDefinition, 'formatType'>,
  preview: Pick<Preview, 'usedPath' | 'rows' | 'looksLike' | 'truncatedBy' | 'problems'> | null,
): Problem[] {
  if (preview === null) return []
  const { usedPath, rows, looksLike, truncatedBy, problems } = preview
  const isRead = rows.some(({ unparsed, tooLarge }) => unparsed === undefined && !tooLarge)
  const isOtherwise = problems.some(({ reason }) => reason === 'other-charset')
  const isFaulty = looksLike !== null || truncatedBy === 'failure' || rows.length > 0 || isOtherwise
  if (isRead || !isFaulty) return []
  const type = formatLabel(formatType)
  const why = problems.at(-1)?.message
  return [
    {
      path: ['formatType'],
      tab: 'format',
      field: 'Type',
      severity: 'warning',
      reason: 'preview-not-readable',
      message: `${usedPath} cannot be read as ${type}${why === undefined ? '' : `: ${why.replace(/\.$/, '')}`}.`,
    },
  ]
}

/** Problems without what a person's own settings say: that files of an archive are left out that their pattern does not name. */
export function unchosenProblems(
  problems: readonly FormatProblem[],
  { formatParams }: Pick<DatasetDefinition, 'formatParams'>,
): readonly FormatProblem[] {
  const namesEntries = typeof formatParams.zipEntries === 'string' && formatParams.zipEntries !== ''
  return namesEntries ? problems.filter(({ reason }) => reason !== 'zip-entries-left-out') : problems
}
