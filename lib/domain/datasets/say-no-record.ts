import { formatQuantity } from '../format'
import type { FilesPreview } from './files-preview'

type Empty = Pick<FilesPreview, 'problems' | 'columns' | 'charset'> & Partial<Pick<FilesPreview, 'further'>>

/** What stands in the place of records: `"This file holds a header and no record."`; why, say the problems beside it. */
export function sayNoRecord({ problems, columns, charset, further = [] }: Empty): string {
  if (problems.length > 0) return 'No record could be read.'
  if (further.length > 0)
    return `None of the ${formatQuantity(further.length + 1, 'file')} that were read holds a record.`
  // The columns of formats without a charset are no header in a text.
  return columns.length > 0 && charset !== ''
    ? 'This file holds a header and no record.'
    : 'This file holds no record.'
}
