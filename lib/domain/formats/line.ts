import * as z from 'zod'
import { proposalsOf } from './detect/proposal'
import { proposeJson } from './detect/propose-json'
import { proposeLine } from './detect/propose-line'
import { LINE_COLUMN } from './expand-json'
import type { FormatKind } from './format-kind'
import { CARRIED_TEXT_PARAMS, MAX_LINE_FIELD, TEXT_COLUMNS, TEXT_FIELDS } from './text-fields'
import { DEFAULT_MAX_LINE_CHARS, maxLineChars, textParams } from './text-params'

/** One record per line: a column named `line`, and on request the columns of the JSON that stands in it. */
export const lineFormatSchema = z.object({
  type: z.literal('line'),
  params: z.object({
    ...textParams,
    maxLineChars,
    /** Expand JSON: the object's values become columns beside `line`; audit envelopes are unwrapped. */
    expandJson: z.boolean().default(false),
    /** How many levels of objects become columns of their own, named `a.b`; deeper ones stay JSON. */
    expandDepth: z
      .int('Enter a whole number from 1 to 20.')
      .min(1, 'Enter 1 or more.')
      .max(20, 'Enter 20 or less.')
      .default(2),
  }),
})

export type LineFormat = z.infer<typeof lineFormatSchema>

/** The settings that a new dataset starts with. */
export const DEFAULT_LINE_FORMAT: LineFormat = {
  type: 'line',
  params: {
    charset: 'utf8',
    compress: '',
    maxLineChars: DEFAULT_MAX_LINE_CHARS,
    expandJson: false,
    expandDepth: 2,
  },
}

/** How any text can be read. */
export const lineFormat = {
  type: 'line',
  label: 'One record per line',
  schema: lineFormatSchema,
  firstParams: DEFAULT_LINE_FORMAT.params,
  carries: CARRIED_TEXT_PARAMS,
  untold: ['expandJson', 'expandDepth'],
  fields: [
    ...TEXT_FIELDS,
    MAX_LINE_FIELD,
    {
      widget: 'check',
      name: 'expandJson',
      label: 'Expand JSON',
      group: 'Objects',
      hint: 'The values of the object in each line become columns, beside the line itself.',
      alsoOnSchema: true,
    },
    {
      widget: 'number',
      isNarrow: true,
      name: 'expandDepth',
      label: 'Depth',
      hint: 'Levels of objects that become columns, named a.b; what is deeper stays JSON.',
      isShown: ({ expandJson }) => expandJson === true,
    },
  ],
  sayColumns: ({ expandJson }) =>
    expandJson === true
      ? TEXT_COLUMNS
      : 'One record per line gives a single column with the whole line as a text. Expand JSON takes it apart.',
  detection: 'fallback',
  propose: ({ texts, charset }) =>
    proposalsOf('line', [
      {
        params: { ...DEFAULT_LINE_FORMAT.params, charset },
        ...proposeLine(texts, proposeJson(texts, charset)),
      },
    ]),
  recordColumn: LINE_COLUMN,
} satisfies FormatKind<'line', LineFormat['params']>
