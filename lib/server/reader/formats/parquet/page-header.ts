import 'server-only'
import { Malformed } from './malformed'
import { type Fields, numberField, ThriftReader } from './thrift'

export type PageKind = 'data' | 'index' | 'dictionary' | 'data-v2'

export interface PageHeader {
  kind: PageKind
  unpackedBytes: number
  packedBytes: number
  /** Checksum of the packed bytes, if the writer gave one. */
  crc: number | undefined
  /** Entries of a data page, nulls included; values of a dictionary. */
  values: number
  encoding: number
  /** How levels are written in a page of the first version. */
  levelEncodings: number[]
  /** Bytes of levels before the values, never packed, in a page of the second version. */
  repetitionBytes: number
  definitionBytes: number
  isPacked: boolean
  /** Of the header itself. */
  length: number
}

const KINDS: PageKind[] = ['data', 'index', 'dictionary', 'data-v2']
const MAX_INT32 = 0x7fffffff

/** Reads the header of a page at the beginning of bytes; throws when they end before it does, or contradict themselves. */
export function readPageHeader(bytes: Buffer): PageHeader {
  const reader = new ThriftReader(bytes)
  const header: PageHeader = {
    kind: 'index',
    unpackedBytes: -1,
    packedBytes: -1,
    crc: undefined,
    values: -1,
    encoding: -1,
    levelEncodings: [],
    repetitionBytes: 0,
    definitionBytes: 0,
    isPacked: true,
    length: 0,
  }
  let kind = -1
  const counts: Fields = {
    1: numberField((value) => {
      header.values = value
    }),
    2: numberField((value) => {
      header.encoding = value
    }),
  }
  const levels = numberField((value) => {
    header.levelEncodings.push(value)
  })
  reader.struct({
    1: numberField((value) => {
      kind = value
    }),
    2: numberField((value) => {
      header.unpackedBytes = value
    }),
    3: numberField((value) => {
      header.packedBytes = value
    }),
    4: numberField((value) => {
      header.crc = value >>> 0
    }),
    5: (_, type) => reader.nested(type, { ...counts, 3: levels, 4: levels }),
    7: (_, type) => reader.nested(type, counts),
    8: (_, type) => reader.nested(type, secondVersion(header)),
  })
  header.kind = KINDS[kind] ?? 'index'
  header.length = reader.offset
  check(header, kind)
  return header
}

function secondVersion(header: PageHeader): Fields {
  return {
    1: numberField((value) => {
      header.values = value
    }),
    4: numberField((value) => {
      header.encoding = value
    }),
    5: numberField((value) => {
      header.definitionBytes = value
    }),
    6: numberField((value) => {
      header.repetitionBytes = value
    }),
    7: (reader, type) => {
      header.isPacked = reader.boolean(type)
    },
  }
}

function check(header: PageHeader, kind: number): void {
  const { unpackedBytes, packedBytes, definitionBytes, repetitionBytes } = header
  if (KINDS[kind] === undefined) throw new Malformed(`A page is of the unknown kind ${kind}`)
  const isSized = unpackedBytes >= 0 && unpackedBytes <= MAX_INT32 && packedBytes >= 0
  if (!isSized)
    throw new Malformed(`A page is said to have ${packedBytes} bytes and ${unpackedBytes} unpacked`)
  if (header.kind === 'index') return
  if (header.values < 0) throw new Malformed(`A page is said to have ${header.values} values`)
  const levelBytes = definitionBytes + repetitionBytes
  const isInside = definitionBytes >= 0 && repetitionBytes >= 0 && levelBytes <= packedBytes
  if (!isInside || levelBytes > unpackedBytes)
    throw new Malformed(`A page is said to have ${levelBytes} bytes of levels`)
}
