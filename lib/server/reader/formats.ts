import 'server-only'
import type { FormatSettings } from '#lib/domain/formats/wire'
import type { FormatReader } from './format-reader'
import { csvReader } from './formats/csv-format'
import { jsonReader } from './formats/json-format'
import { lineReader } from './formats/line-format'
import { parquetReader } from './formats/parquet-format'
import { regexpReader } from './formats/regexp-format'

type Readers = { [Type in FormatSettings['type']]?: FormatReader<Extract<FormatSettings, { type: Type }>> }

const READERS: Readers = {
  line: lineReader,
  csv: csvReader,
  regexp: regexpReader,
  json: jsonReader,
  parquet: parquetReader,
}

/** Gives the reader of a format. */
export function readerOf<Settings extends FormatSettings>(settings: Settings): FormatReader<Settings> {
  return READERS[settings.type] as FormatReader<Settings>
}
