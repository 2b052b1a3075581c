import 'server-only'
import type { FormatSettings } from '#lib/domain/formats/wire'
import { csvReader } from './csv-format'
import type { FormatReader } from './format-reader'
import { jsonReader } from './json-format'
import { lineReader } from './line-format'
import { parquetReader } from './parquet-format'
import { regexpReader } from './regexp-format'

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
