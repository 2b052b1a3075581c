import { ByteWriter, ParquetWriter } from 'hyparquet-writer'

/** Rows of a group, as DuckDB writes them. */
const ROWS = 122_880
const SCHEMA = [
  { name: 'root', num_children: 5 },
  { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
  { name: 'at', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' },
  { name: 'user', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'call', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'message', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
]

/**
 * The parts of a Parquet file of so many bytes: one row group over and over, as large as writers make them, in pages of a
 * mebibyte, and the metadata that names each.
 * @param {number} sizeBytes
 * @param {(n: number) => string} message
 */
export function makeParquet(sizeBytes, message) {
  const numbers = Array.from({ length: ROWS }, (_, n) => n)
  const bytes = new ByteWriter()
  const writer = new ParquetWriter({ writer: bytes, schema: SCHEMA, codec: 'SNAPPY' })
  writer.write({
    rowGroupSize: ROWS,
    columnData: [
      { name: 'id', data: BigInt64Array.from(numbers, BigInt) },
      { name: 'at', data: numbers.map((n) => new Date(Date.UTC(2026, 10, 22) + n * 37)) },
      { name: 'user', data: numbers.map((n) => `user${n % 97}`) },
      { name: 'call', data: numbers.map((n) => `/api/projects/P${n % 40}/datasets/${n % 3000}/save`) },
      { name: 'message', data: numbers.map(message) },
    ],
  })
  const magic = Buffer.from('PAR1')
  const group = Buffer.from(bytes.getBytes().subarray(magic.length))
  const [first] = writer.row_groups
  const times = Math.ceil(sizeBytes / group.length)
  writer.row_groups = Array.from({ length: times }, (_, n) => moved(first, BigInt(n * group.length)))
  writer.num_rows = BigInt(ROWS * times)
  // They would name places of the first row group alone.
  writer.pendingIndexes = []
  writer.finish()
  const tail = Buffer.from(bytes.getBytes().subarray(magic.length + group.length))
  return [
    { bytes: magic, times: 1 },
    { bytes: group, times },
    { bytes: tail, times: 1 },
  ]
}

/** A row group that stands so many bytes further behind. */
const moved = (group, bytes) => ({
  ...group,
  columns: group.columns.map(({ meta_data: { data_page_offset, dictionary_page_offset, ...meta } }) => ({
    file_offset: 0n,
    meta_data: {
      ...meta,
      data_page_offset: data_page_offset + bytes,
      ...(dictionary_page_offset === undefined
        ? {}
        : { dictionary_page_offset: dictionary_page_offset + bytes }),
    },
  })),
})
