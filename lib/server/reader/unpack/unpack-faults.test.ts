import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { bytes, read } from '#lib/server/testing/read-bytes'

const FOLDER = new URL('../fixtures/compressed/', import.meta.url)
const fixture = (name: string) => readFileSync(new URL(name, FOLDER))

const CUT = 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA'
const DAMAGED = 'damaged-compressed-data'

/** Files with one end inside, where one member, stream or frame stops and the next begins; 0 = none. */
const SAMPLES: [file: string, firstBytes: number, firstLines: number][] = [
  ['gzip.gz', 0, 0],
  ['gzip-two-members.gz', fixture('gzip-two-members.gz').lastIndexOf(Buffer.from('1f8b08', 'hex')), 300],
  ['bzip2-small.bz2', fixture('bzip2-small.bz2').lastIndexOf('BZh1'), 20],
  ['zstd.zst', 0, 0],
  ['zstd-no-check.zst', 0, 0],
  ['zstd-two-frames.zst', fixture('zstd-two-frames.zst').lastIndexOf(Buffer.from('28b52ffd', 'hex')), 300],
]

const ARCHIVES = ['zip-folders.zip', 'zip-stored.zip', 'zip-to-stdout.zip', 'python-zip64.zip']

describe('a packed file cut short', () => {
  it.each(SAMPLES)('%s is told wherever it is cut, after what stands before', async (file, end, endLines) => {
    const whole = fixture(file)
    const { lines } = await read(whole)
    for (let length = 1; length < whole.length; length++) {
      const outcome = await read(whole.subarray(0, length), { path: `/${file}`, sizes: [611] })
      expect(outcome.lines, `cut at ${length}`).toEqual(lines.slice(0, outcome.lines.length))
      if (end > 0 && length >= end) expect(outcome.lines.length).toBeGreaterThanOrEqual(endLines)
      if (length === end) expect(outcome.reason).toBeUndefined()
      else expect(outcome, `cut at ${length}`).toMatchObject({ reason: CUT, offset: length })
    }
  })

  it.each(ARCHIVES)('%s is told wherever it is cut', async (file) => {
    const whole = fixture(file)
    for (let length = 1; length < whole.length; length++) {
      const outcome = await read(whole.subarray(0, length), { path: `/${file}` })
      expect(outcome, `cut at ${length}`).toMatchObject({ lines: [], reason: CUT, offset: length })
    }
  })

  it('has what its blocks before hold, whoever reads how slowly', async () => {
    for (const file of ['bzip2-blocks.bz2', 'zstd-blocks.zst', 'pigz-independent.gz']) {
      const whole = fixture(file)
      const { lines } = await read(whole)
      const cut = await read(whole.subarray(0, whole.length - 12), { sizes: [50_000] })
      expect(cut.reason).toBe(CUT)
      expect(cut.lines.length).toBeGreaterThan(lines.length / 2)
    }
  })
})

it('many empty streams, frames and members are read in little time', async () => {
  for (const file of ['bzip2-empty.bz2', 'zstd-empty.zst']) {
    const many = Buffer.concat(Array.from({ length: 5_000 }, () => fixture(file)))
    const { lines, reason } = await read(Buffer.concat([many, fixture(`${kindOf(file)}.${file.slice(-3)}`)]))
    expect({ lines: lines.length, reason }).toEqual({ lines: 300, reason: undefined })
  }
})

describe('a damaged packed file', () => {
  /** Places whose value says nothing: times, names, systems, reserved and unused bits. */
  const MEANINGLESS = new Set(['gzip.gz 4', 'gzip.gz 5', 'gzip.gz 6', 'gzip.gz 7', 'gzip.gz 8', 'gzip.gz 9'])

  it.each(['gzip.gz', 'zstd.zst'])('%s is told wherever a byte differs', async (file) => {
    const whole = fixture(file)
    for (let at = 4; at < whole.length; at++) {
      if (MEANINGLESS.has(`${file} ${at}`)) continue
      const broken = Buffer.from(whole)
      broken[at] = (broken[at] ?? 0) ^ 0x55
      const outcome = await read(broken, { path: `/${file}`, params: { compress: kindOf(file) } })
      expect(outcome.reason, `byte ${at}`).toBeDefined()
    }
  })

  it.each([...ARCHIVES, 'zip-bzip2.zip', 'bzip2-small.bz2'])(
    '%s never reads otherwise than whole without saying so',
    async (file) => {
      const whole = fixture(file)
      const { lines } = await read(whole)
      // Stored bytes are all alike.
      const step = whole.length > 5_000 ? 7 : 1
      for (let at = 4; at < whole.length; at += step) {
        const broken = Buffer.from(whole)
        broken[at] = (broken[at] ?? 0) ^ 0x55
        const outcome = await read(broken, { params: { compress: kindOf(file) } })
        // Another name may be of another kind of file, and such are left out with a note.
        const isTold = outcome.reason !== undefined || outcome.problems.includes('zip-entries-left-out')
        if (!isTold) expect(outcome.lines, `byte ${at}`).toEqual(lines)
      }
    },
  )

  it('is told by its checksums alone', async () => {
    const bzip2 = fixture('bzip2.bz2')
    bzip2[10] = (bzip2[10] ?? 0) ^ 1
    expect((await read(bzip2)).reason).toBe(DAMAGED)
    const stream = fixture('bzip2.bz2')
    stream[stream.length - 3] = (stream[stream.length - 3] ?? 0) ^ 1
    expect((await read(stream)).reason).toBe(DAMAGED)
    const zstd = fixture('zstd.zst')
    zstd[zstd.length - 1] = (zstd[zstd.length - 1] ?? 0) ^ 1
    expect((await read(zstd)).reason).toBe(DAMAGED)
  })

  it.each(['gzip-two-members.gz', 'bzip2-two-streams.bz2', 'zstd-two-frames.zst'])(
    '%s followed by something else is told after all records; zeros may follow',
    async (file) => {
      const whole = fixture(file)
      const { lines } = await read(whole)
      expect(await read(Buffer.concat([whole, Buffer.alloc(700)]), { sizes: [300] })).toMatchObject({ lines })
      for (const tail of ['\0\0x', '\0x', '\0BZh9', '\0\x28\xb5\x2f\xfd']) {
        const input = Buffer.concat([whole, Buffer.from(tail, 'latin1')])
        const outcome = await read(input, { sizes: [411] })
        const at = whole.length + tail.search(/[^\0]/)
        expect(outcome).toEqual({ lines, replaced: 0, problems: [], reason: 'trailing-garbage', offset: at })
      }
    },
  )
})

describe('any packed bytes', () => {
  const starts = [
    '1f8b0800000000000003',
    '425a6839',
    '425a6831314159265359',
    '425a6839177245385090',
    '504b0304',
    '504b0506',
    '28b52ffd',
    '28b52ffd0400',
    '502a4d1802000000414228b52ffd',
  ]
  const fixtures = [
    'gzip.gz',
    'bzip2.bz2',
    'zstd.zst',
    'zip-folders.zip',
    'bzip2-empty.bz2',
    'python-zip64.zip',
  ]
  const slice = fc
    .tuple(fc.constantFrom(...fixtures.map(fixture)), fc.nat(4_000), fc.nat(4_000))
    .map(([whole, one, other]) => whole.subarray(Math.min(one, other), Math.max(one, other)))
  const piece = fc.oneof(
    bytes,
    slice,
    fc.constantFrom(...fixtures.map(fixture)),
    fc.constantFrom(...starts).map((hex) => Buffer.from(hex, 'hex')),
    fc.constant(Buffer.alloc(3)),
  )
  const chunkSizes = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 })

  it('fail with a Failure, or are read alike in any chunking', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...starts),
        fc.array(piece, { maxLength: 4 }),
        chunkSizes,
        async (start, pieces, sizes) => {
          await readAlike(Buffer.concat([Buffer.from(start, 'hex'), ...pieces]), sizes)
        },
      ),
      propertyRuns(1_000),
    )
  })

  it('that begin as a whole file are read alike in any chunking', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fixtures.map(fixture)),
        fc.array(piece, { maxLength: 2 }),
        fc.option(fc.tuple(fc.nat(4_000), fc.integer({ min: 1, max: 255 }))),
        chunkSizes,
        async (whole, pieces, change, sizes) => {
          const input = Buffer.concat([whole, ...pieces])
          if (change !== null) {
            const at = change[0] % input.length
            input[at] = (input[at] ?? 0) ^ change[1]
          }
          await readAlike(input, sizes)
        },
      ),
      propertyRuns(500),
    )
  })
})

/** What comes before a failure in damaged data may differ, since zlib gives it chunk by chunk; that there is one may not. */
async function readAlike(input: Buffer, sizes: number[]): Promise<void> {
  const limits = { maxBytesOut: 20_000_000, maxRatio: 5_000 }
  const whole = await read(input, { limits })
  const chunked = await read(input, { sizes, limits })
  expect(chunked.reason === undefined).toBe(whole.reason === undefined)
  if (whole.reason === undefined) expect(chunked).toEqual(whole)
}

function kindOf(file: string): 'gzip' | 'bzip2' | 'zip' | 'zstd' {
  const kinds = { gz: 'gzip', bz2: 'bzip2', zip: 'zip', zst: 'zstd' } as const
  return kinds[file.slice(file.lastIndexOf('.') + 1) as keyof typeof kinds]
}
