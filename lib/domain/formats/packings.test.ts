import { expect, test } from 'vitest'
import { endingOf } from '../datasets/file-kinds'
import { looksBinary } from './looks-binary'
import { isPackingEnding, isReadPacking, packingByName } from './packings'

test.each([
  ['/a.csv.gz', 'gzip'],
  ['/a.csv.GZIP', 'gzip'],
  ['/a.tgz', 'gzip'],
  ['/a.bz2', 'bzip2'],
  ['/a.bzip2', 'bzip2'],
  ['/a.tbz', 'bzip2'],
  ['/a.zip', 'zip'],
  ['/a.zst', 'zstd'],
  ['/a.tzst', 'zstd'],
  ['/a.xz', undefined],
  ['/a.none', undefined],
  ['/gz', undefined],
  ['/a.gz/b', undefined],
  ['/a.constructor', undefined],
])('the name %s says %s', (path, packing) => expect(packingByName(path)).toBe(packing))

test('every ending of what packs wraps the one before it', () => {
  for (const ending of [
    'gz',
    'gzip',
    'bz2',
    'bzip2',
    'zip',
    'zst',
    'zstd',
    'xz',
    'lz4',
    'snappy',
    'z',
    'br',
    'lzma',
  ]) {
    expect(isPackingEnding(ending)).toBe(true)
    expect(endingOf(`/a.csv.${ending}`)).toBe(`.csv.${ending}`)
  }
  expect(isPackingEnding('tgz')).toBe(false)
})

test.each([
  ['1f8b0800', true],
  ['504b0304', true],
  ['504b0506', true],
  ['425a6839314159265359', true],
  ['28b52ffd', true],
  ['fd377a585a00', false],
  ['89504e470d0a1a0a', false],
])('content that begins with %s is unpacked: %s', (bytes, is) => {
  expect(isReadPacking(looksBinary(Buffer.from(bytes, 'hex'))?.name ?? '')).toBe(is)
})
