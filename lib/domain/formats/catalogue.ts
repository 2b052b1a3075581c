import * as z from 'zod'
import { type ColumnCells, MAX_COLUMN_CELLS, SampledColumns } from './detect/sampled-columns'
import { firstLines, type TextSample } from './detect/text-sample'
import type { ShownParams } from './format-field'
import type { Adoption, FormatKind } from './format-kind'
import type { LineParser } from './line-records'
import { FORMATS } from './registry'

export type FormatType = keyof typeof FORMATS
export type FormatParams<Type extends FormatType> = z.infer<(typeof FORMATS)[Type]['schema']>['params']
/** How the files of a dataset are read. */
export type FormatSettings<Type extends FormatType = FormatType> = {
  [One in Type]: { type: One; params: FormatParams<One> }
}[Type]
/** The formats that read lines by themselves, see `FormatKind.lines`. */
export type LinesType = {
  [Type in FormatType]: (typeof FORMATS)[Type] extends { lines: unknown } ? Type : never
}[FormatType]
type Kinds = { [Type in FormatType]: FormatKind<Type, FormatParams<Type>> }

const KINDS: Kinds = FORMATS
const { line, ...others } = FORMATS

/** The settings of any format. */
export const formatSchema = z.discriminatedUnion('type', [
  line.schema,
  ...Object.values(others).map(({ schema }) => schema),
])

/** A format as far as its own settings do not matter. */
export type AnyFormatKind = Kinds[FormatType]

/** All formats, in the order in which they are offered. */
export const FORMAT_KINDS: readonly AnyFormatKind[] = Object.values(KINDS)

/** The format of a type that is known here. */
export const formatKind = <Type extends FormatType>(type: Type): Kinds[Type] => KINDS[type]

/** The format of a definition, which may name any; undefined for one that is not known here. */
export const findFormatKind = (type: string): AnyFormatKind | undefined =>
  FORMAT_KINDS.find((kind) => kind.type === type)

/** How a format is called: `"JSON"`; the type itself for one that is not known here. */
export const formatLabel = (type: string): string => findFormatKind(type)?.label ?? type

/** Some values of each column that files have when they are read with a format; none for whole lines. */
export function sampleCells<Type extends FormatType>(
  samples: readonly TextSample[],
  { type, params }: FormatSettings<Type>,
): ColumnCells[] {
  const columns = new SampledColumns()
  const texts = samples.filter(({ looksLike }) => looksLike === null)
  const kind = formatKind(type)
  if (kind.addCells !== undefined) kind.addCells(params, texts, columns)
  else if (kind.lines !== undefined) addCellsOfLines(kind.lines(params).open(), texts, columns)
  return columns.all
}

function addCellsOfLines(parser: LineParser, texts: readonly TextSample[], columns: SampledColumns): void {
  for (const { text } of texts) {
    if (columns.areFull(parser.columns)) return
    for (const line of firstLines(text, MAX_COLUMN_CELLS))
      for (const [place, cell] of (parser.parse(line) ?? []).entries())
        columns.add(parser.columns[place] ?? '', cell ?? '')
  }
}

/** Whether files of a type are texts, which have a charset; a type that is not known here may be anything. */
export const isTextFormat = (type: string): boolean => findFormatKind(type)?.contents === undefined

/** What to change of settings to read as files look like by another candidate of the same type; see `FormatKind.adopt`. */
export function adoptSettings<Type extends FormatType>(
  now: ShownParams,
  { type, params }: FormatSettings<Type>,
): Adoption | 'all' | null {
  const kind = formatKind(type)
  return kind.adopt === undefined ? 'all' : kind.adopt(now, params)
}

/** Whether a row of each file names its columns. */
export const hasHeaders = <Type extends FormatType>({ type, params }: FormatSettings<Type>): boolean =>
  formatKind(type).hasHeaders?.(params) ?? false
