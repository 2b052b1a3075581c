import 'server-only'
import { Failure } from '#lib/domain/errors'
import { formatQuantity } from '#lib/domain/format'
import type { RangedFile } from '../../ranged-file'
import { Malformed, NotRead } from './malformed'
import { buildSchema, readElements, type SchemaElement, type SchemaNode } from './schema'
import { type Fields, numberField, ThriftReader } from './thrift'

/** One column of one row group: where its pages stand. */
export interface ColumnChunk {
  codec: number
  values: number
  /** Of the first page, a dictionary or data; and how far the pages reach. */
  start: number
  end: number
}

export interface RowGroup {
  rows: number
  /** One for each leaf of the schema. */
  chunks: ColumnChunk[]
}

export interface Footer {
  root: SchemaNode
  leaves: SchemaNode[]
  rows: number
  groups: RowGroup[]
  /** Where the data ends. */
  offset: number
}

/** What is read of the end at once: nearly all footers are smaller. */
const TAIL_BYTES = 64 * 1024
/** Tens of thousands of columns and row groups. */
const MAX_FOOTER_BYTES = 64 * 1024 * 1024
const MAX_CHUNKS = 1_000_000
const MAGIC_BYTES = 4
/** Length and magic behind the footer. */
const TRAILER_BYTES = 8

/** Reads what a Parquet file says about itself; throws a `Failure` for what is none, is cut, encrypted or contradicts itself. */
export async function readFooter(file: RangedFile): Promise<Footer> {
  const { sizeBytes, path } = file
  const tailStart = Math.max(0, sizeBytes - TAIL_BYTES)
  const tail = await file.read(tailStart, sizeBytes)
  await checkMagic(file, tail)
  const length = tail.readUInt32LE(tail.length - TRAILER_BYTES)
  const offset = sizeBytes - TRAILER_BYTES - length
  if (offset < MAGIC_BYTES) {
    const message = `The file says that its metadata has ${length} bytes, of ${sizeBytes} in all`
    throw corrupt(path, sizeBytes - TRAILER_BYTES, message)
  }
  if (length > MAX_FOOTER_BYTES) {
    throw notRead(path, `Its metadata has ${length} bytes, more than the ${MAX_FOOTER_BYTES} that are read`)
  }
  const bytes =
    offset >= tailStart
      ? tail.subarray(offset - tailStart, tail.length - TRAILER_BYTES)
      : await file.read(offset, sizeBytes - TRAILER_BYTES)
  return guard(path, offset, () => parseFooter(bytes, offset))
}

async function checkMagic(file: RangedFile, tail: Buffer): Promise<void> {
  const { path, sizeBytes } = file
  const magic = tail.toString('latin1', Math.max(0, tail.length - MAGIC_BYTES))
  if (magic === 'PARE') throw encrypted(path)
  if (magic === 'PAR1' && sizeBytes >= MAGIC_BYTES + TRAILER_BYTES) return
  const start = await file.read(0, MAGIC_BYTES)
  if (start.toString('latin1') === 'PAR1') {
    throw new Failure('validation_failed', 'The file begins as Parquet and ends before its metadata', {
      reason: 'parquet-truncated',
      where: path,
      offset: sizeBytes,
      remedy: 'Upload it again: its end is missing.',
    })
  }
  const message = sizeBytes === 0 ? 'The file is empty: there is no Parquet in it' : 'The file is not Parquet'
  throw new Failure('validation_failed', message, {
    reason: 'not-parquet',
    where: path,
    offset: Math.max(0, sizeBytes - MAGIC_BYTES),
    remedy: 'Choose another type, or leave the file out.',
  })
}

function parseFooter(bytes: Buffer, offset: number): Footer {
  const reader = new ThriftReader(bytes)
  const elements: SchemaElement[] = []
  let schema: Pick<Footer, 'root' | 'leaves'> | undefined
  let rows = -1
  const groups: RowGroup[] = []
  reader.struct({
    2: (_, type) => {
      readElements(reader, type, elements)
      schema = buildSchema(elements)
    },
    3: numberField((value) => {
      rows = value
    }),
    4: (_, type) => {
      const leaves = schema?.leaves
      if (leaves === undefined) throw new Malformed('The metadata has row groups before its schema')
      reader.structs(type, () => {
        if (groups.length * leaves.length > MAX_CHUNKS) throw new NotRead('It has too many row groups')
        const group: RowGroup = { rows: -1, chunks: [] }
        groups.push(group)
        return groupFields(reader, group, leaves, offset)
      })
    },
    8: () => {
      throw new Encrypted()
    },
  })
  if (schema === undefined) throw new Malformed('The metadata has no schema')
  checkRows(rows, groups, schema.leaves)
  return { ...schema, rows, groups, offset }
}

class Encrypted extends Error {}

function groupFields(reader: ThriftReader, group: RowGroup, leaves: SchemaNode[], dataEnd: number): Fields {
  return {
    1: (_, type) => {
      reader.structs(type, (index) => {
        const leaf = leaves[index]
        if (leaf === undefined) throw new Malformed('A row group has more columns than the schema')
        const chunk: ColumnChunk = { codec: -1, values: -1, start: -1, end: -1 }
        group.chunks.push(chunk)
        return chunkFields(reader, chunk, leaf, dataEnd)
      })
    },
    3: numberField((value) => {
      group.rows = value
    }),
  }
}

function chunkFields(reader: ThriftReader, chunk: ColumnChunk, leaf: SchemaNode, dataEnd: number): Fields {
  let [sizeBytes, data, dictionary] = [-1, -1, 0]
  const encryptedColumn = () => {
    throw new Encrypted()
  }
  return {
    1: (_, type) => {
      const other = reader.text(type)
      if (other !== '')
        throw new NotRead(`The column ${leaf.path.join('.')} stands in another file, ${other}`)
    },
    3: (_, type) => {
      reader.nested(type, {
        3: (_inner, kind) => checkPath(reader, kind, leaf),
        4: numberField((value) => {
          chunk.codec = value
        }),
        5: numberField((value) => {
          chunk.values = value
        }),
        7: numberField((value) => {
          sizeBytes = value
        }),
        9: numberField((value) => {
          data = value
        }),
        11: numberField((value) => {
          dictionary = value
        }),
      })
      chunk.start = dictionary > 0 && dictionary < data ? dictionary : data
      chunk.end = chunk.start + sizeBytes
      const isInside = chunk.start >= MAGIC_BYTES && sizeBytes >= 0 && chunk.end <= dataEnd
      if (!isInside && chunk.values !== 0) {
        const place = `at byte ${chunk.start} with ${sizeBytes} bytes`
        throw new Malformed(
          `The column ${leaf.path.join('.')} is said to stand ${place}, outside of the data`,
        )
      }
    },
    8: encryptedColumn,
    9: encryptedColumn,
  }
}

function checkPath(reader: ThriftReader, type: number, leaf: SchemaNode): void {
  const count = reader.list(type, (element, index) => {
    const name = reader.text(element)
    if (name !== leaf.path[index]) throw new Malformed(`A row group has ${name} where ${leaf.name} belongs`)
  })
  if (count !== leaf.path.length) throw new Malformed(`A row group misplaces the column ${leaf.name}`)
}

/** Counts that contradict one another would end in missing or made-up records. */
function checkRows(rows: number, groups: RowGroup[], leaves: SchemaNode[]): void {
  const total = groups.reduce((sum, group) => sum + group.rows, 0)
  if (rows !== total)
    throw new Malformed(`The metadata counts ${formatQuantity(rows, 'record')}, its row groups ${total}`)
  if (leaves.length === 0 && rows > 0)
    throw new Malformed(`The metadata counts ${formatQuantity(rows, 'record')} and no column`)
  for (const group of groups) {
    if (group.rows < 0) throw new Malformed(`A row group has ${group.rows} records`)
    if (group.chunks.length !== leaves.length)
      throw new Malformed(
        `A row group has ${formatQuantity(group.chunks.length, 'column')}, the schema ${leaves.length}`,
      )
    for (const [index, chunk] of group.chunks.entries()) {
      const leaf = leaves[index]
      const fits = leaf?.maxRepetition === 0 ? chunk.values === group.rows : chunk.values >= group.rows
      if (!fits)
        throw new Malformed(
          `The column ${leaf?.name} has ${formatQuantity(chunk.values, 'value')} for ${formatQuantity(group.rows, 'record')}`,
        )
    }
  }
}

/** Runs what reads bytes of a file, and says with object and offset what is wrong with them. */
export function guard<T>(path: string, offset: number, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Failure) throw error
    if (error instanceof Encrypted) throw encrypted(path)
    if (error instanceof NotRead) throw notRead(path, error.message)
    if (error instanceof Malformed) throw corrupt(path, offset, error.message)
    // Reading behind the end of a buffer: the sizes in the file do not fit its bytes.
    if (error instanceof RangeError) throw corrupt(path, offset, 'A part of it ends too early')
    throw error
  }
}

/** The file contradicts itself. */
export function corrupt(path: string, offset: number, what: string): Failure {
  return new Failure('validation_failed', `The Parquet file is damaged. ${what}`, {
    reason: 'parquet-corrupt',
    where: path,
    offset,
    remedy: 'Write the file again, or leave it out.',
  })
}

function notRead(path: string, what: string): Failure {
  return new Failure('validation_failed', `The Parquet file cannot be read. ${what}`, {
    reason: 'parquet-not-read',
    where: path,
    remedy: 'Write the file with other settings, or leave it out.',
  })
}

function encrypted(path: string): Failure {
  return new Failure('validation_failed', 'The Parquet file is encrypted', {
    reason: 'parquet-encrypted',
    where: path,
    remedy: 'Store it without encryption of its own, or leave it out.',
  })
}
