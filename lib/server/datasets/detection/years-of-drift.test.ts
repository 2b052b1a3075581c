import { describe, expect, it } from 'vitest'
import { judgeSamples } from './judge-samples'
import { readSamples } from './read-samples'

/** Detects over files that are at hand, the oldest first. */
async function detect(files: readonly (readonly [path: string, text: string])[]) {
  const texts = new Map(files)
  async function* once(path: string) {
    yield Buffer.from(texts.get(path) ?? '')
  }
  const samples = await readSamples(
    files.map(([path, text], age) => ({ path, sizeBytes: text.length, modifiedAtMs: age })),
    ({ path }) => ({ bytes: once(path), path }),
    Date.now() + 60_000,
    new AbortController().signal,
  )
  return judgeSamples(samples)
}

const table = (separator: string, columns: readonly string[], seed: number) =>
  [columns, ...Array.from({ length: 30 }, (_, row) => columns.map((name) => `${name} ${row * 7 + seed}`))]
    .map((cells) => `${cells.join(separator)}\n`)
    .join('')
const objects = (seed: number) =>
  Array.from({ length: 30 }, (_, row) => `${JSON.stringify({ id: row + seed, customer: 'Ann' })}\n`).join('')

const EARLY = ['id', 'customer']
const GROWN = [...EARLY, 'amount']
const RECENT = [...GROWN, 'currency', 'shop']

describe('files of many years', () => {
  it.each(['/2021/', '/year=2021/', '/orders/2021-01/', '/dt=2021-06-30/', '/20210101/'])(
    'below folders as %s are of one content, whatever columns and separators were changed',
    async (folder) => {
      const at = (year: number, file: number) => `${folder.replace('2021', String(year))}${file}.csv`
      const found = await detect([
        [at(2021, 1), table(';', EARLY, 1)],
        [at(2022, 1), table(';', EARLY, 2)],
        [at(2022, 2), table(';', GROWN, 3)],
        [at(2023, 1), table(';', GROWN, 4)],
        [at(2024, 1), table(';', GROWN, 5)],
        [at(2026, 1), table(',', RECENT, 6)],
        [at(2026, 2), table(',', RECENT, 7)],
        [at(2026, 3), table(',', RECENT, 8)],
      ])
      expect(found.beside).toEqual([])
      const [first] = found.candidates
      expect(first).toMatchObject({ format: { type: 'csv', params: { separator: ';' } }, columns: GROWN })
      // What no one setting reads is told file by file.
      for (const file of [1, 2, 3])
        expect(first?.evidence).toContain(
          `${at(2026, file)} is separated by comma and would not be read rightly.`,
        )
    },
  )

  it('that are of another type now and then are told by what they hold', async () => {
    const found = await detect([
      ['/2021/a.txt', table(';', GROWN, 1)],
      ['/2022/a.txt', table(';', GROWN, 2)],
      ['/2023/a.txt', objects(3)],
      ['/2024/a.txt', table(';', GROWN, 4)],
    ])
    expect(found.candidates[0]?.evidence).toContain('/2023/a.txt holds JSON and would not be read rightly.')
    expect(found.beside).toEqual([])
  })

  it('of another type since this year are read as this year', async () => {
    const old = [1, 2, 3, 4, 5].map((file) => [`/2025/${file}.txt`, table(';', GROWN, file)] as const)
    const recent = [1, 2, 3].map((file) => [`/2026/${file}.txt`, objects(file)] as const)
    const found = await detect([...old, ...recent])
    expect(found.candidates[0]).toMatchObject({ format: { type: 'json' }, columns: EARLY })
    expect(found.beside).toMatchObject([{ folder: '/2025/', files: 5 }])
  })
})
