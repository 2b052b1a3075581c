import type { WantedColumn } from './schema-diff'
import type { SchemaReport } from './schema-report'

/** What has been read of the files under the settings as they stand. */
export interface FilesRead {
  /** The columns of the file that a preview opens by itself; null where none could be read, or another one is looked at. */
  previewed: readonly WantedColumn[] | null
  /** Of several files together; null before, and where reading them failed. */
  report: Pick<SchemaReport, 'columns' | 'endedBy'> | null
}

/**
 * Gives the columns that a schema has which follows its files, or null as long as none are known: those of all files that
 * were looked at, oldest file first, and of the previewed file until then.
 */
export function columnsToFollow({ previewed, report }: FilesRead): readonly WantedColumn[] | null {
  if (report === null || report.columns.length === 0) return previewed
  const columns = report.columns.map(({ name, type }) => ({ name, type }))
  if (report.endedBy === null || previewed === null) return columns
  // The time was over, maybe before the previewed file was read.
  const known = new Set(columns.map(({ name }) => name))
  return [...columns, ...previewed.filter(({ name }) => !known.has(name))]
}
