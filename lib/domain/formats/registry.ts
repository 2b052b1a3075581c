import { csvFormat } from './csv'
import { jsonFormat } from './json'
import { lineFormat } from './line'
import { parquetFormat } from './parquet'
import { regexpFormat } from './regexp'

/**
 * All formats, in the order in which they are offered: each is a file and a line here. One that reads lines by itself (`lines`)
 * is whole with that; for any other the compiler asks for its reader in `lib/server/reader/formats.ts`.
 */
export const FORMATS = {
  line: lineFormat,
  csv: csvFormat,
  json: jsonFormat,
  regexp: regexpFormat,
  parquet: parquetFormat,
}
