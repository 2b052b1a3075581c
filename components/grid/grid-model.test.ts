import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AS_IT_COMES, moveColumn, orderColumns, parseArrangement, showColumns } from './grid-layout'
import { clampWidth, type GridColumn, moveCell, showText, splitName } from './grid-model'

const size = { rows: 100, columns: 10, pageRows: 20 }

describe('moving', () => {
  test.each([
    ['ArrowUp', { row: 0, column: 3 }, { row: -1, column: 3 }],
    ['ArrowUp', { row: -1, column: 3 }, { row: -1, column: 3 }],
    ['ArrowDown', { row: -1, column: 3 }, { row: 0, column: 3 }],
    ['ArrowDown', { row: 99, column: 3 }, { row: 99, column: 3 }],
    ['ArrowLeft', { row: 5, column: 0 }, { row: 5, column: 0 }],
    ['ArrowRight', { row: 5, column: 9 }, { row: 5, column: 9 }],
    ['PageDown', { row: 90, column: 1 }, { row: 99, column: 1 }],
    ['PageUp', { row: 10, column: 1 }, { row: 0, column: 1 }],
    ['Home', { row: 5, column: 7 }, { row: 5, column: 0 }],
    ['End', { row: 5, column: 7 }, { row: 5, column: 9 }],
    ['mod+Home', { row: 5, column: 7 }, { row: 0, column: 0 }],
    ['mod+End', { row: 5, column: 7 }, { row: 99, column: 9 }],
  ])('%s from %o leads to %o', (key, from, to) => {
    expect(moveCell(from, key, size)).toEqual(to)
  })

  test('other keys move nothing', () => {
    expect(moveCell({ row: 0, column: 0 }, 'a', size)).toBeNull()
  })

  test('an empty grid keeps its header', () => {
    expect(moveCell({ row: -1, column: 0 }, 'mod+End', { ...size, rows: 0 })).toEqual({ row: -1, column: 9 })
  })
})

describe('text', () => {
  const show = (text: string) =>
    showText(text)
      .map((run) => (run.kind === 'text' ? run.text : `[${run.text}]`))
      .join('')
  test.each([
    ['plain text', 'plain text'],
    ['', ''],
    [' a b ', '[·]a b[·]'],
    ['a  b', 'a[··]b'],
    ['a\tb\r\n', 'a[⇥]b[␍][↵]'],
    ['a\u00a0b', 'a[⍽]b'],
    ['caf\ufffd', 'caf[\ufffd]'],
    ['nul\u0000', 'nul[␀]'],
    ['zero\u200bwidth', 'zero[∘]width'],
  ])('%j shows as %s', (text, shown) => {
    expect(show(text)).toBe(shown)
  })

  test('keeps every visible character, and is never empty for a text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 50, unit: 'binary' }), (text) => {
        const runs = showText(text)
        expect(runs.length).toBeGreaterThan(0)
        expect(runs.every((run) => run.text.length > 0)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test('cuts what no cell can show', () => {
    expect(showText('x'.repeat(500_000))[0]?.text).toHaveLength(400)
  })
})

describe('arrangement', () => {
  const columns: GridColumn[] = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id, type: 'string' }))
  const ids = (arrangement = AS_IT_COMES) => orderColumns(columns, arrangement).map((column) => column.id)

  test('is as it comes at first, and after nonsense', () => {
    expect(ids()).toEqual(['a', 'b', 'c', 'd'])
    expect(parseArrangement('{"order": 3}')).toEqual(AS_IT_COMES)
    expect(parseArrangement('not json')).toEqual(AS_IT_COMES)
  })

  test('columns that came later stay behind the one they follow', () => {
    expect(ids({ ...AS_IT_COMES, order: ['c', 'a'] })).toEqual(['c', 'd', 'a', 'b'])
  })

  test('cells are read from where they came', () => {
    const ordered = orderColumns(columns, { ...AS_IT_COMES, order: ['d', 'a', 'b', 'c'] })
    expect(ordered[0]).toMatchObject({ id: 'd', source: 3 })
  })

  test('hidden columns go, but never all', () => {
    const ordered = orderColumns(columns, AS_IT_COMES)
    const hide = (hidden: string[]) =>
      showColumns(ordered, { ...AS_IT_COMES, hidden }).map((column) => column.id)
    expect(hide(['b'])).toEqual(['a', 'c', 'd'])
    expect(hide(['a', 'b', 'c', 'd'])).toEqual(['a'])
  })

  test('moves by one place and stops at the ends', () => {
    const ordered = orderColumns(columns, AS_IT_COMES)
    expect(moveColumn(ordered, 'b', 1)).toEqual(['a', 'c', 'b', 'd'])
    expect(moveColumn(ordered, 'a', -1)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('columns may be named as anything', () => {
    const named = ['__proto__', 'constructor'].map((id) => ({ id, name: id, type: 'string' }))
    const widthsOf = (kept: string | null) =>
      orderColumns(named, parseArrangement(kept)).map((column) => column.widthPx)
    expect(widthsOf(null)).toEqual([176, 176])
    expect(widthsOf('{"widthsPx": {"__proto__": 90}}')).toEqual([90, 176])
  })

  test('widths stay readable', () => {
    expect([clampWidth(3), clampWidth(200.4), clampWidth(9000)]).toEqual([64, 200, 1200])
  })
})

test('keeps the end of a long name, whole characters only', () => {
  expect(splitName('short_enough_as_it_is')).toEqual({ head: 'short_enough_', tail: 'as_it_is' })
  expect(splitName('twenty_characters_ok')).toBeNull()
  expect(splitName(`${'🙂'.repeat(20)}end`)?.tail).toBe(`${'🙂'.repeat(5)}end`)
})
