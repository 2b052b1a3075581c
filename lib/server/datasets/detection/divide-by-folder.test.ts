import { describe, expect, it } from 'vitest'
import type { TextSample } from '#lib/domain/formats/detect/text-sample'
import { divideByFolder } from './divide-by-folder'

const sample = (path: string, lines: readonly string[]): TextSample => ({
  path,
  text: `${lines.join('\n')}\n`,
  whole: true,
  looksLike: null,
})

const table = (path: string, separator: string, columns: readonly string[]) =>
  sample(
    path,
    [
      columns,
      ...Array.from({ length: 20 }, (_, row) => columns.map((_, column) => `${row * 7 + column}`)),
    ].map((cells) => cells.join(separator)),
  )
const json = (path: string) =>
  sample(
    path,
    Array.from({ length: 20 }, (_, row) => JSON.stringify({ at: row, level: 'info', text: `line ${row}` })),
  )

const besideOf = (texts: readonly TextSample[]) =>
  divideByFolder(texts, () => 10)?.beside.map(({ folder, files }) => [folder, files]) ?? null

describe('folders of years', () => {
  const days = ['01', '02', '03', '04', '05']

  it('hold one content, also where its columns and its separator changed', () => {
    const old = days.map((day) => table(`/2025/${day}.csv`, ';', ['id', 'name', 'amount']))
    const recent = days
      .slice(2)
      .map((day) => table(`/2026/${day}.csv`, ',', ['id', 'name', 'amount', 'currency']))
    expect(besideOf([...old, ...recent])).toBe(null)
    const named = [...old, ...recent].map((text) => ({ ...text, path: text.path.replace('/2', '/year=2') }))
    expect(besideOf(named)).toBe(null)
  })

  it('are judged apart where their formats are others, the newest first where two have as many files', () => {
    const old = days.map((day) => table(`/2025/${day}.txt`, ';', ['id', 'name', 'amount']))
    const recent = days.map((day) => json(`/2026/${day}.txt`))
    expect(besideOf([...old, ...recent])).toEqual([['/2025/', 5]])
    expect(besideOf([...recent, ...old])).toEqual([['/2025/', 5]])
    expect(besideOf([...old, ...recent.slice(0, 3)])).toEqual([['/2025/', 5]])
  })

  it('leave out one odd file of the newest, and not all before it', () => {
    const old = days.map((day) => table(`/2025/${day}.txt`, ';', ['id', 'name', 'amount']))
    expect(besideOf([...old, json('/2026/01.txt')])).toEqual([['/2026/', 1]])
  })
})

it('folders by name are judged apart by what their files look like', () => {
  const texts = ['1', '2', '3'].flatMap((name) => [
    json(`/app/events/${name}`),
    table(`/app/totals/${name}`, ';', ['id', 'name', 'amount']),
  ])
  expect(besideOf([...texts, json('/app/events/4')])).toEqual([['/app/totals/', 3]])
})
