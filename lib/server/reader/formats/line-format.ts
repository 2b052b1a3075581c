import 'server-only'
import { LINE_COLUMN } from '#lib/domain/formats/expand-json'
import type { LineFormat } from '#lib/domain/formats/line'
import { type FormatReader, textSettings } from '../format-reader'
import { decodeToUtf8 } from '../text/decode'
import { splitLines } from '../text/split-lines'
import { expandLines } from './json-lines'

/** Little is held where the rest can follow. */
const IN_PARTS = { inParts: true, maxHeldBytes: 64 * 1024 }

/** One record per line: one column, the line itself, and on request those of the JSON in it. */
export const readLine: FormatReader<LineFormat['params']> = (params) => ({
  access: 'stream',
  ...textSettings(params),
  read(bytes, facts, { longLines, inTurn, largeRecords }) {
    if (facts.columns.length === 0) facts.columns.push({ name: LINE_COLUMN, type: 'string' })
    const lines = splitLines(decodeToUtf8(bytes, params.charset, facts), {
      path: facts.path,
      maxLineChars: params.maxLineChars,
      firstRecord: facts.records + 1,
      ...(longLines === 'parts' && !params.expandJson ? IN_PARTS : {}),
      inTurn: inTurn && !params.expandJson,
      largeRecords,
    })
    return params.expandJson ? expandLines(lines, params.expandDepth, facts) : lines
  },
})
