import 'server-only'
import type { SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { ExportColumn } from '#lib/domain/datasets/export-sample'
import {
  type ExactValue,
  exactBoolean,
  exactDay,
  exactDouble,
  exactFloat,
  exactMoment,
  exactWhole,
} from './exact-values'

/** Records of a row group: what is put together between two pieces that go out. */
const GROUP_RECORDS = 1_000

/** How the values of a column are stored. */
interface Storage {
  element: Omit<SchemaElement, 'name' | 'repetition_type'>
  toValue: (text: string) => ExactValue | string
}

const TEXT: Storage = { element: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, toValue: (text) => text }

/**
 * Writes columns as a Parquet file, piece by piece. A column has the type that the schema says where that gives back every
 * value as it is, and is text otherwise: nothing is changed, nothing left out. Names have to differ.
 */
export function* writeParquet(columns: readonly ExportColumn[]): Generator<Uint8Array<ArrayBuffer>, void> {
  const stored = columns.map((column) => ({ ...column, ...storageOf(column) }))
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...stored.map(({ name, element }) => ({ name, ...element, repetition_type: 'OPTIONAL' as const })),
  ]
  const writer = new ByteWriter()
  const parquet = new ParquetWriter({ writer, schema, createdBy: 'Launchpad' })
  const records = columns[0]?.values.length ?? 0
  for (let start = 0; start < records; start += GROUP_RECORDS) {
    const columnData = stored.map(({ name, element, values, toValue }) => {
      const group = values.slice(start, start + GROUP_RECORDS)
      const data = group.map((text) => (text === null ? null : toValue(text)))
      // A dictionary takes 0 and -0 for one.
      return { name, data, ...(isFraction(element) ? { encoding: 'PLAIN' as const } : {}) }
    })
    parquet.write({ columnData, rowGroupSize: GROUP_RECORDS })
    yield takeBytes(writer)
  }
  parquet.finish()
  yield takeBytes(writer)
}

const isFraction = ({ type }: Storage['element']) => type === 'FLOAT' || type === 'DOUBLE'

/** Takes what was written since; offsets go on. */
function takeBytes(writer: ByteWriter): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(writer.getBuffer())
  writer.index = 0
  return bytes
}

/** The first of the ways to store a type that holds every value. */
function storageOf({ type, values }: ExportColumn): Storage {
  const holdsAll = ({ toValue }: Storage) =>
    values.every((text) => text === null || toValue(text) !== undefined)
  return storagesOf(type).find(holdsAll) ?? TEXT
}

function storagesOf(type: string): Storage[] {
  const whole = (text: string) => exactWhole(text, type)
  const small = (text: string) => (whole(text) === undefined ? undefined : Number(text))
  switch (type) {
    case 'tinyint':
      return [{ element: { type: 'INT32', converted_type: 'INT_8' }, toValue: small }]
    case 'smallint':
      return [{ element: { type: 'INT32', converted_type: 'INT_16' }, toValue: small }]
    case 'int':
      return [{ element: { type: 'INT32' }, toValue: small }]
    case 'bigint':
      return [{ element: { type: 'INT64' }, toValue: whole }]
    case 'float':
      return [{ element: { type: 'FLOAT' }, toValue: exactFloat }]
    case 'double':
      return [{ element: { type: 'DOUBLE' }, toValue: exactDouble }]
    case 'boolean':
      return [{ element: { type: 'BOOLEAN' }, toValue: exactBoolean }]
    case 'dateonly':
      return [{ element: { type: 'INT32', converted_type: 'DATE' }, toValue: exactDay }]
    case 'date':
    case 'datetimenotz':
      return (['MICROS', 'NANOS'] as const).map((unit) => ({
        element: {
          type: 'INT64',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: type === 'date', unit },
        },
        toValue: (text) => exactMoment(text, type, unit),
      }))
    default:
      return []
  }
}
