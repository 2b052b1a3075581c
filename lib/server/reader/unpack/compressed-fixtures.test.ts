import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { read } from '#lib/server/testing/read-bytes'

const FOLDER = new URL('../fixtures/compressed/', import.meta.url)

/** The records that the fixtures were made of. */
function records(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1
    return `${name} ${number} ${'abc'.repeat(number % 7)} é ${number * number}`
  })
}

const A = records('a', 300)
const B = records('b', 200)
const SMALL = records('s', 20)
const MANY = Array.from({ length: 60 }, () => A).flat()

const READ: [file: string, lines: string[]][] = [
  ['gzip.gz', A],
  ['gzip-named.gz', A],
  ['gzip-two-members.gz', [...A, ...B]],
  ['pigz-members.gz', A],
  ['pigz-independent.gz', MANY],
  ['python-gzip.gz', A],
  ['bzip2.bz2', A],
  ['bzip2-small.bz2', [...SMALL, ...SMALL]],
  ['bzip2-blocks.bz2', MANY],
  ['bzip2-two-streams.bz2', [...A, ...B]],
  ['bzip2-empty-streams.bz2', A],
  ['bzip2-empty.bz2', []],
  ['bzip2-runs.bz2', ['x'.repeat(3_000_000)]],
  ['python-bz2.bz2', A],
  ['zip-folders.zip', [...B, ...A]],
  ['zip-stored.zip', [...A, ...B]],
  ['zip-to-stdout.zip', A],
  ['zip-from-stdin.zip', B],
  ['zip-zip64.zip', [...A, ...B]],
  ['zip-bzip2.zip', [...SMALL, ...SMALL]],
  ['zip-empty.zip', []],
  ['python-zip.zip', [...A, ...B]],
  ['python-zip64.zip', [...A, ...B]],
  ['python-zip-unseekable.zip', [...A, ...B]],
  ['zstd.zst', A],
  ['zstd-no-check.zst', A],
  ['zstd-from-stdin.zst', A],
  ['zstd-blocks.zst', MANY],
  ['zstd-two-frames.zst', [...A, ...B]],
  ['zstd-skippable.zst', [...A, ...B]],
  ['zstd-window-128m.zst', B],
  ['zstd-empty.zst', []],
]

const REFUSED: [file: string, reason: string][] = [
  ['zip-encrypted.zip', 'zip-encrypted'],
  ['python-zip-lzma.zip', 'zip-method'],
  ['zstd-dictionary.zst', 'zstd-dictionary'],
  ['zstd-long-window.zst', 'zstd-window'],
]

describe('files that other programs packed', () => {
  it.each(READ)('%s', async (file, lines) => {
    const bytes = readFileSync(new URL(file, FOLDER))
    for (const sizes of [[], [1, 700], [997]]) {
      expect(await read(bytes, { path: `/${file}`, sizes })).toEqual({ lines, replaced: 0, problems: [] })
    }
    // By content alone, too.
    expect(await read(bytes)).toEqual({ lines, replaced: 0, problems: [] })
  })

  it('leaves out what macOS adds to an archive, and says so', async () => {
    const bytes = readFileSync(new URL('zip-mac.zip', FOLDER))
    expect(await read(bytes)).toMatchObject({ lines: A, problems: ['zip-side-files'] })
  })

  it.each(REFUSED)('%s is refused with its reason', async (file, reason) => {
    const outcome = await read(readFileSync(new URL(file, FOLDER)))
    expect(outcome).toMatchObject({ lines: [], reason })
  })
})
