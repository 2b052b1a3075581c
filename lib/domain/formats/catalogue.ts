import type { FormatSettings } from './wire'

export type FormatType = FormatSettings['type']

/** The names of all formats, in the order in which they are offered. */
export const FORMAT_LABELS: Record<FormatType, string> = {
  line: 'One record per line',
  csv: 'Separated values (CSV, TSV, …)',
  json: 'JSON',
  regexp: 'Regular expression',
  parquet: 'Parquet',
}

export const FORMAT_TYPES = Object.keys(FORMAT_LABELS) as FormatType[]
