import 'server-only'
import type { LineFormat } from '#lib/domain/formats/line'
import { decodeToUtf8 } from './decode'
import type { FormatReader } from './format-reader'
import { splitLines } from './split-lines'

/** One record per line: one column, the line itself. */
export const lineReader: FormatReader<LineFormat> = {
  access: 'stream',
  compression: ({ params }) => params.compress,
  charset: ({ params }) => params.charset,
  read(bytes, { params }, facts) {
    if (facts.columns.length === 0) facts.columns.push({ name: 'line', type: 'string' })
    return splitLines(decodeToUtf8(bytes, params.charset, facts), {
      path: facts.path,
      maxLineChars: params.maxLineChars,
      firstRecord: facts.records + 1,
    })
  },
}
