import 'server-only'
import type { FormatParams, FormatSettings, FormatType } from '#lib/domain/formats/catalogue'
import type { FormatReader, RangedFormat, StreamFormat } from './format-reader'
import { readCsv } from './formats/csv-format'
import { readJson } from './formats/json-format'
import { readLine } from './formats/line-format'
import { readParquet } from './formats/parquet-format'
import { readRegexp } from './formats/regexp-format'

/** The readers of all formats; each adds itself here. */
const READERS: { [Type in FormatType]: FormatReader<FormatParams<Type>> } = {
  line: readLine,
  csv: readCsv,
  json: readJson,
  regexp: readRegexp,
  parquet: readParquet,
}

/** Gives what reads files by the settings of a format. */
export const readerOf = <Type extends FormatType>({
  type,
  params,
}: FormatSettings<Type>): StreamFormat | RangedFormat => READERS[type](params)
