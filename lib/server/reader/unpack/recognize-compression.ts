import 'server-only'
import { packingByName, type ReadPacking } from '#lib/domain/formats/packings'
import { isBzip2 } from './bunzip2'
import { isGzip } from './gunzip'
import { isZstd } from './unzstd'

const ZIP_MAGICS = ['504b0304', '504b0506', '504b0708504b0304', '504b3030504b0304']

const TESTS: { [Kind in ReadPacking]: (bytes: Buffer) => boolean } = {
  gzip: isGzip,
  bzip2: isBzip2,
  zip: (bytes) => ZIP_MAGICS.some((magic) => bytes.toString('hex', 0, magic.length / 2) === magic),
  zstd: isZstd,
}

/** The bytes that a file of each kind begins with, however short it was cut. */
const FIRST_BYTES: { [Kind in ReadPacking]: string } = {
  gzip: '1f8b',
  bzip2: '425a68',
  zip: '504b',
  zstd: '28b52ffd',
}

/** What a file is packed with, by its first 300 bytes; its name decides only where it is too short to tell. */
export function recognizePacking(start: Buffer, path: string): ReadPacking | undefined {
  const kinds = Object.keys(TESTS) as ReadPacking[]
  return kinds.find((kind) => TESTS[kind](start)) ?? cutShort(start, packingByName(path))
}

function cutShort(start: Buffer, named: ReadPacking | undefined): ReadPacking | undefined {
  if (named === undefined || start.length === 0) return undefined
  const magic = FIRST_BYTES[named]
  return start.length <= magic.length / 2 + 1 &&
    start.toString('hex').startsWith(magic.slice(0, start.length * 2))
    ? named
    : undefined
}
