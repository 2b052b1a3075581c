import * as z from 'zod'
import { Failure } from '../errors'
import { proposeFieldsLine } from './detect/fields-line'
import { proposalsOf } from './detect/proposal'
import { proposePresets } from './detect/propose-presets'
import type { FieldChoice } from './format-field'
import type { FormatKind } from './format-kind'
import { parseLinePattern } from './line-pattern'
import type { LineParser } from './line-records'
import { type RegexpParams, regexpParamsSchema, type UNMATCHED_LINES } from './regexp-params'
import { REGEXP_PRESETS } from './regexp-presets'
import { CARRIED_TEXT_PARAMS, MAX_LINE_FIELD, TEXT_COLUMNS, TEXT_FIELDS } from './text-fields'

/** Lines taken apart by a regular expression of the RE2 subset; each named group is a column. The whole line has to match. */
export const regexpFormatSchema = z.object({ type: z.literal('regexp'), params: regexpParamsSchema })

export type RegexpFormat = z.infer<typeof regexpFormatSchema>

type Unmatched = (typeof UNMATCHED_LINES)[number]

const UNMATCHED: readonly (FieldChoice & { value: Unmatched })[] = [
  { value: 'keep', label: 'Keep', hint: 'They are records without values, and are counted.' },
  { value: 'skip', label: 'Skip', hint: 'They are left out, and counted.' },
  { value: 'fail', label: 'Fail', hint: 'Reading stops at the first of them.' },
]

/** Lines whose parts an expression names. */
export const regexpFormat = {
  type: 'regexp',
  label: 'Regular expression',
  schema: regexpFormatSchema,
  // An expression has to be written.
  firstParams: { ...regexpParamsSchema.parse({ pattern: '(?<line>.*)' }), pattern: '' },
  carries: CARRIED_TEXT_PARAMS,
  fields: [
    ...TEXT_FIELDS,
    {
      widget: 'preset',
      name: 'pattern',
      label: 'Preset',
      own: 'None: an expression of your own',
      choices: REGEXP_PRESETS.map(({ label, pattern }) => ({ label, value: pattern })),
    },
    {
      widget: 'text',
      rows: 4,
      name: 'pattern',
      label: 'Regular expression',
      hint: 'Matched against each whole line; every named group like `(?<status>\\d+)` is a column.',
    },
    {
      widget: 'choice',
      name: 'unmatchedLines',
      label: 'Lines that do not match',
      choices: UNMATCHED,
    },
    MAX_LINE_FIELD,
  ],
  sayColumns: () => TEXT_COLUMNS,
  lines: (params) => ({ text: params, open: () => openPattern(params) }),
  propose: ({ texts, charset }) => {
    const fields = proposeFieldsLine(texts, charset)
    return proposalsOf('regexp', [
      ...proposePresets(texts, charset),
      ...(fields === undefined ? [] : [fields]),
    ])
  },
  // With the same expression the same lines do not match.
  adopt: ({ pattern }, found) => (pattern === found.pattern ? null : 'all'),
} satisfies FormatKind<'regexp', RegexpParams>

/** Each named group is a column, null where it took no part in a match. */
function openPattern({ pattern, unmatchedLines }: RegexpParams): LineParser {
  const parsed = parseLinePattern(pattern)
  if (!parsed.ok) {
    throw new Failure('validation_failed', parsed.issues[0]?.message ?? '', {
      reason: 'ERR_DATASET_INVALID_FORMAT_CONFIG',
      remedy: 'Correct the regular expression.',
      issues: parsed.issues,
    })
  }
  const { columns, states, match } = parsed.value
  return { columns, stepsPerChar: states, misfits: { ...MISFITS, become: unmatchedLines }, parse: match }
}

const MISFITS = {
  say: 'does not match the regular expression',
  remedy: 'Correct the regular expression, or change what happens to lines that do not match.',
  setting: 'unmatchedLines',
}
