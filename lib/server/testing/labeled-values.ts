import 'server-only'
import * as z from 'zod'
import { proposalsOf, sayShare } from '#lib/domain/formats/detect/proposal'
import { firstLines } from '#lib/domain/formats/detect/text-sample'
import type { FormatKind } from '#lib/domain/formats/format-kind'
import type { LineParser } from '#lib/domain/formats/line-records'
import { MAX_LINE_FIELD, TEXT_COLUMNS, TEXT_FIELDS } from '#lib/domain/formats/text-fields'
import { maxLineChars, textParams } from '#lib/domain/formats/text-params'

const params = z.object({ ...textParams, maxLineChars })

/** Lines of values behind their labels, separated by tabs: what it takes to add a format, for the test of just that. */
export const labeledValuesFormat = {
  type: 'ltsv',
  label: 'Labeled values',
  schema: z.object({ type: z.literal('ltsv'), params }),
  firstParams: params.parse({}),
  carries: [],
  fields: [...TEXT_FIELDS, MAX_LINE_FIELD],
  sayColumns: () => TEXT_COLUMNS,
  lines: (settings) => ({ text: settings, open: openLabeledValues }),
  propose: ({ texts, charset }) => {
    const lines = texts.flatMap(({ text }) => firstLines(text))
    const fitting = lines.filter((line) => readPairs(line) !== undefined).length
    if (fitting === 0) return []
    const parser = openLabeledValues()
    for (const line of lines) parser.parse(line)
    return proposalsOf('ltsv', [
      {
        params: params.parse({ charset }),
        label: 'Labeled values',
        layout: null,
        confidence: 0.99 * (fitting / lines.length),
        evidence: [`${sayShare(fitting, lines.length, 'line', 'has', 'have')} a label before each value.`],
        columns: [...parser.columns],
        weakness: null,
      },
    ])
  },
} satisfies FormatKind<'ltsv', z.infer<typeof params>>

function openLabeledValues(): LineParser {
  const places = new Map<string, number>()
  const columns: string[] = []
  const placeOf = (name: string): number => {
    const place = places.get(name) ?? columns.push(name) - 1
    places.set(name, place)
    return place
  }
  return {
    columns,
    misfits: { become: 'keep', say: 'has a part without a label' },
    parse: (line) => {
      const pairs = readPairs(line)
      if (pairs === undefined) return undefined
      const cells: (string | null)[] = []
      for (const [name, value] of pairs) {
        const place = placeOf(name)
        while (cells.length < place) cells.push(null)
        cells[place] = value
      }
      return cells
    },
  }
}

function readPairs(line: string): [name: string, value: string][] | undefined {
  const parts = line.split('\t').map((part) => /^([^:]+):(.*)$/.exec(part))
  const pairs = parts.flatMap((found): [string, string][] =>
    found === null ? [] : [[found[1] ?? '', found[2] ?? '']],
  )
  return pairs.length === parts.length ? pairs : undefined
}
