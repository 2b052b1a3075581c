import * as z from 'zod'
import { proposalsOf, sayOnly, sayShare } from './detect/proposal'
import type { FormatKind } from './format-kind'

/** Parquet: columns and types stand in the file itself. */
export const parquetFormatSchema = z.object({ type: z.literal('parquet'), params: z.object({}) })

export type ParquetFormat = z.infer<typeof parquetFormatSchema>

/** What `looksBinary` calls it. */
const CONTENT = { id: 'parquet', name: 'Parquet' }

/** Parquet, which says all of itself. */
export const parquetFormat = {
  type: 'parquet',
  label: 'Parquet',
  schema: parquetFormatSchema,
  firstParams: {},
  carries: [],
  fields: [{ widget: 'note', text: 'Columns and their types come from the file itself.' }],
  sayColumns: () =>
    'Columns and types come from the files. Values that do not fit a type are kept and counted.',
  contents: [CONTENT],
  detection: 'exact',
  propose: ({ samples }) => {
    const looks = samples.flatMap(({ looksLike }) => (looksLike?.id === CONTENT.id ? [looksLike.name] : []))
    const found = looks.length
    const encrypted = looks.filter((name) => name !== CONTENT.name).length
    if (found === 0) return []
    return proposalsOf('parquet', [
      {
        params: {},
        label: 'Parquet',
        layout: null,
        confidence: 0.99 * (found / samples.length),
        evidence: [
          ...(encrypted < found
            ? [
                `${sayShare(found - encrypted, samples.length, 'file', 'begins', 'begin')} with PAR1, as Parquet does.`,
              ]
            : []),
          ...(encrypted > 0
            ? [
                `${sayShare(encrypted, samples.length, 'file', 'is', 'are')} encrypted Parquet, which cannot be read.`,
              ]
            : []),
        ],
        columns: [],
        weakness:
          found < samples.length ? `${sayOnly(found, samples.length, 'file', 'is', 'are')} Parquet.` : null,
      },
    ])
  },
} satisfies FormatKind<'parquet', ParquetFormat['params']>
