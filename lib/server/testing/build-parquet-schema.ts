import 'server-only'

/** Writes a Parquet file of no rows: optional integers of these names, each of less than 128 bytes. */
export function buildParquetSchema(names: readonly string[]): Buffer {
  const leaves = names.map((name) => {
    const text = Buffer.from(name)
    // INT32, OPTIONAL, the name, and the end of the element.
    return Buffer.concat([Buffer.from([0x15, 0x02, 0x25, 0x02, 0x18, text.length]), text, Buffer.from([0])])
  })
  const metadata = Buffer.concat([
    // Version 1 and a long list of structs, the first of which is the root.
    Buffer.from([0x15, 0x02, 0x19, 0xfc]),
    varint(names.length + 1),
    Buffer.from([0x48, 0x01, 0x73, 0x15]),
    varint(names.length * 2),
    Buffer.from([0]),
    ...leaves,
    // No rows in no row groups.
    Buffer.from([0x16, 0x00, 0x19, 0x0c, 0x00]),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(metadata.length)
  return Buffer.concat([Buffer.from('PAR1'), metadata, length, Buffer.from('PAR1')])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  return Buffer.from([...bytes, rest])
}
