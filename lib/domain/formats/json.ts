import * as z from 'zod'
import { lookAtJson } from './detect/look-at-json'
import { proposalsOf } from './detect/proposal'
import { proposeJson } from './detect/propose-json'
import type { FormatKind } from './format-kind'
import { type JsonParams, jsonParamsSchema } from './json-params'
import { CARRIED_TEXT_PARAMS, TEXT_COLUMNS, TEXT_FIELDS } from './text-fields'

/** JSON objects: one a line, one behind another, in one array, or in an array below a root path. */
export const jsonFormatSchema = z.object({ type: z.literal('json'), params: jsonParamsSchema })

export type JsonFormat = z.infer<typeof jsonFormatSchema>

/** JSON, whose names are the columns. */
export const jsonFormat = {
  type: 'json',
  label: 'JSON',
  schema: jsonFormatSchema,
  firstParams: jsonParamsSchema.parse({}),
  carries: CARRIED_TEXT_PARAMS,
  fields: [
    ...TEXT_FIELDS,
    {
      widget: 'number',
      isNarrow: true,
      name: 'maxDepth',
      label: 'Depth',
      hint: 'Levels of objects that become columns, named a.b; 0 keeps every value as JSON. Arrays stay JSON.',
    },
    {
      widget: 'text',
      name: 'rootPath',
      label: 'Root path',
      hint: 'Where the list of records stands, names joined by dots: `Records` in CloudTrail’s files. Empty where the records stand by themselves.',
    },
  ],
  sayColumns: () => TEXT_COLUMNS,
  detection: 'exact',
  propose: ({ texts, charset }) => {
    const found = proposeJson(texts, charset)
    return proposalsOf('json', found === undefined ? [] : [found.proposal])
  },
  addCells: ({ maxDepth }, texts, columns) => {
    for (const text of texts)
      for (const record of lookAtJson(text).records) columns.addRecord(record, maxDepth)
  },
} satisfies FormatKind<'json', JsonParams>
