import 'server-only'
import type { LineFormat } from '#lib/domain/formats/line'
import { decodeToUtf8 } from './decode'
import type { FormatReader } from './format-reader'
import { splitLines } from './split-lines'

/** One record per line: one column, the line itself. */
export const lineReader: FormatReader<LineFormat> = {
  columns: () => [{ name: 'line', type: 'string' }],
  compression: ({ params }) => params.compress,
  read: (bytes, { params }, facts) =>
    splitLines(decodeToUtf8(bytes, params.charset, facts), {
      path: facts.path,
      maxLineChars: params.maxLineChars,
    }),
}
