import 'server-only'
import {
  type FormatParams,
  type FormatSettings,
  type FormatType,
  formatKind,
  type LinesType,
} from '#lib/domain/formats/catalogue'
import type { FormatReader, RangedFormat, StreamFormat } from './format-reader'
import { readCsv } from './formats/csv-format'
import { readJson } from './formats/json-format'
import { readLine } from './formats/line-format'
import { readLineRecords } from './formats/line-records'
import { readParquet } from './formats/parquet-format'

/** Readers of the formats whose descriptions say nothing of how they are read: these need bytes, ranges, or more than a line. */
const READERS: { [Type in Exclude<FormatType, LinesType>]: FormatReader<FormatParams<Type>> } = {
  line: readLine,
  csv: readCsv,
  json: readJson,
  parquet: readParquet,
}
const OWN: { [Type in FormatType]?: FormatReader<FormatParams<Type>> } = READERS

/** Gives what reads files by the settings of a format. */
export function readerOf<Type extends FormatType>({
  type,
  params,
}: FormatSettings<Type>): StreamFormat | RangedFormat {
  const lines = formatKind(type).lines?.(params)
  if (lines !== undefined) return readLineRecords(lines)
  const read = OWN[type]
  if (read === undefined) throw new TypeError(`no reader for ${type}`)
  return read(params)
}
