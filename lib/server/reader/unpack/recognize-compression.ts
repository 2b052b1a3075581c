import 'server-only'
import type { Compression } from '#lib/domain/formats/text-params'
import { isBzip2 } from './bunzip2'
import { isGzip } from './gunzip'
import { isZstd } from './unzstd'

export type Packing = Exclude<Compression, 'none'>

const ZIP_MAGICS = ['504b0304', '504b0506', '504b0708504b0304', '504b3030504b0304']

const TESTS: { [Kind in Packing]: (bytes: Buffer) => boolean } = {
  gzip: isGzip,
  bzip2: isBzip2,
  zip: (bytes) => ZIP_MAGICS.some((magic) => bytes.toString('hex', 0, magic.length / 2) === magic),
  zstd: isZstd,
}

/** The bytes that a file of each kind begins with, however short it was cut. */
const FIRST_BYTES: { [Kind in Packing]: string } = {
  gzip: '1f8b',
  bzip2: '425a68',
  zip: '504b',
  zstd: '28b52ffd',
}

const SUFFIXES: [packing: Packing, suffix: RegExp][] = [
  ['gzip', /\.(gz|gzip|tgz)$/i],
  ['bzip2', /\.(bz2|bzip2|tbz2?)$/i],
  ['zip', /\.zip$/i],
  ['zstd', /\.(zst|zstd|tzst)$/i],
]

/** What a file's name says it is packed with. */
export function packingByName(path: string): Packing | undefined {
  return SUFFIXES.find(([, suffix]) => suffix.test(path))?.[0]
}

/** What a file is packed with, by its first 300 bytes; its name decides only where it is too short to tell. */
export function recognizePacking(start: Buffer, path: string): Packing | undefined {
  const kinds = Object.keys(TESTS) as Packing[]
  return kinds.find((kind) => TESTS[kind](start)) ?? cutShort(start, packingByName(path))
}

function cutShort(start: Buffer, named: Packing | undefined): Packing | undefined {
  if (named === undefined || start.length === 0) return undefined
  const magic = FIRST_BYTES[named]
  return start.length <= magic.length / 2 + 1 &&
    start.toString('hex').startsWith(magic.slice(0, start.length * 2))
    ? named
    : undefined
}
