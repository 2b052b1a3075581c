import type { CsvStyle } from './csv-params'
import { SEPARATORS } from './detect/csv-dialect'
import type { FieldChoice, FormatField, ShownParams } from './format-field'
import { TEXT_FIELDS } from './text-fields'

const STYLES: readonly (FieldChoice & { value: CsvStyle })[] = [
  {
    value: 'excel',
    label: 'Quoted, a quote inside is doubled',
    hint: 'As Excel writes: "a ""b"" c" is a "b" c. Separators and line breaks inside of quotes belong to the cell.',
  },
  {
    value: 'unix',
    label: 'Quoted, a quote inside is escaped',
    hint: 'As Unix tools write: "a \\"b\\" c" is a "b" c. The escape character takes the next one as it is; `\\N` by itself is no value.',
  },
  {
    value: 'escape_only_no_quote',
    label: 'Escaped, never quoted',
    hint: 'A separator inside of a cell stands behind the escape character; quotes are characters like others; `\\N` by itself is no value.',
  },
  {
    value: 'no_escape_no_quote',
    label: 'Neither quoted nor escaped',
    hint: 'Every separator begins a new cell, every line break a new row.',
  },
]

const QUOTING = new Set<unknown>(['excel', 'unix'])
const ESCAPING = new Set<unknown>(['unix', 'escape_only_no_quote'])

/** Whether a style gives the quote character a meaning. */
export const usesQuotes = (style: unknown): boolean => QUOTING.has(style)
/** Whether a style gives the escape character a meaning. */
export const usesEscapes = (style: unknown): boolean => ESCAPING.has(style)

/** All separators that detection knows, by the same names, with the character where it can be seen. */
const SEPARATOR_CHOICES: readonly FieldChoice[] = SEPARATORS.map(({ char, name }) => ({
  value: char,
  label: `${name.charAt(0).toUpperCase()}${name.slice(1)}${/[\s\p{Cc}]/u.test(char) ? '' : ` ${char}`}`,
}))

const hasHeader = ({ parseHeaderRow }: ShownParams) => parseHeaderRow === true
const namesOf = ({ headerNames }: ShownParams): string[] =>
  Array.isArray(headerNames) ? headerNames.map(String) : []

/** The form of separated values: how cells are told apart, and which rows are records. */
export const CSV_FIELDS: readonly FormatField[] = [
  ...TEXT_FIELDS,
  {
    widget: 'separator',
    name: 'separator',
    label: 'Separator',
    choices: SEPARATOR_CHOICES,
    other: {
      label: 'Other separator',
      hint: 'One character; `\\x01` is the one that Hive writes.',
    },
  },
  { widget: 'choice', name: 'style', label: 'Quoting style', choices: STYLES },
  {
    widget: 'character',
    name: 'quoteChar',
    label: 'Quote character',
    isShown: ({ style }) => usesQuotes(style),
  },
  {
    widget: 'character',
    name: 'escapeChar',
    label: 'Escape character',
    isShown: ({ style }) => usesEscapes(style),
  },
  {
    widget: 'number',
    isNarrow: true,
    name: 'skipRowsBeforeHeader',
    label: 'Skip rows before the header',
  },
  {
    widget: 'check',
    name: 'parseHeaderRow',
    label: 'Parse the header row',
    group: 'Header',
    hint: (params) =>
      hasHeader(params)
        ? 'The first row names the columns.'
        : 'The first row is a record; columns are named col_0, col_1 and so on.',
  },
  {
    widget: 'removable',
    name: 'headerNames',
    label: 'Read by position',
    group: 'Files without a header',
    hint: (params) =>
      `Where the first row holds none of these names it is a record: ${namesOf(params).join(', ')}`,
    isShown: (params) => hasHeader(params) && Array.isArray(params.headerNames),
  },
  {
    widget: 'number',
    isNarrow: true,
    name: 'skipRowsAfterHeader',
    label: 'Skip rows after the header',
  },
  {
    widget: 'check',
    name: 'skipRepeatedHeaders',
    label: 'Skip rows that repeat the header',
    hint: 'As in files that were put one behind another; the rows are counted.',
    isShown: hasHeader,
  },
  {
    widget: 'check',
    name: 'skipLinesBesideRows',
    label: 'Skip rule lines and row counts',
    hint: 'As psql prints them: a line of dashes, `(20 rows)`. The lines are counted.',
  },
  {
    widget: 'number',
    name: 'maxRowChars',
    label: 'Maximum characters per row',
    hint: 'Reading fails above it, as with a quote that is never closed; 0 means no limit.',
  },
]
