import { Status } from '#components/ui/status'
import type { SchemaReport } from '#lib/domain/datasets/schema-report'
import { formatQuantity } from '#lib/domain/format'
import type { Preview } from '#lib/domain/formats/wire'
import type { ColumnReading } from '../use-columns'
import { sayLookedAt } from './consistency-model'

/** Which files the columns are of, while more are looked at and afterwards. */
export function ColumnsState({ columns, preview }: { columns: ColumnReading; preview: Preview | null }) {
  const { report, reading } = columns
  if (reading) {
    const known = report?.columns ?? preview?.columns
    return (
      <div role="status">
        <Status kind="busy">
          {known
            ? `${formatQuantity(known.length, 'column')} so far · looking at more files`
            : 'Looking at files'}
        </Status>
      </div>
    )
  }
  if (!report) return null
  return (
    <p className="small muted" role="status">
      {sayReport(report)}
    </p>
  )
}

/** `"154 columns in 758 records of 8 files · 1 file could not be read"`. */
export function sayReport(report: SchemaReport): string {
  const unread = new Set(report.problems.map(({ path }) => path))
  for (const { path } of report.files) unread.delete(path)
  return [
    `${formatQuantity(report.columns.length, 'column')} in ${sayLookedAt(report)}`,
    ...(unread.size > 0 ? [`${formatQuantity(unread.size, 'file')} could not be read`] : []),
    ...(report.endedBy === 'deadline' ? ['reading ended after 8 s'] : []),
  ].join(' · ')
}
