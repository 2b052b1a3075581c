import { describe, expect, test } from 'vitest'
import {
  type CalendarCell,
  heatStep,
  inRange,
  isConspicuous,
  openCalendar,
  rangeBetween,
  sayCell,
  sayRow,
  stepStart,
} from './calendar-model'
import {
  fillPeriods,
  foldPeriods,
  foldText,
  nextPeriod,
  type PeriodKind,
  placeTicks,
} from './calendar-periods'

const full = (period: string, bytes: number, files = 4): CalendarCell => ({
  period,
  files,
  bytes,
  state: 'full',
})
const days = (first: string, count: number) => {
  const periods = [first]
  while (periods.length < count) periods.push(nextPeriod(periods.at(-1) ?? first, 'DAY'))
  return periods
}

const buildCalendar = (...[values, kind, query = '']: [...Parameters<typeof openCalendar>, query?: string]) =>
  openCalendar(values, kind)(query)

describe('periods', () => {
  test.each([
    ['YEAR', '2026', '2027'],
    ['MONTH', '2026-12', '2027-01'],
    ['DAY', '2026-11-30', '2026-12-01'],
    ['DAY', '2028-02-28', '2028-02-29'],
    // Lord Howe puts its clocks forward here; UTC does not.
    ['HOUR', '2026-10-03-15', '2026-10-03-16'],
    ['HOUR', '2026-12-31-23', '2027-01-01-00'],
  ] as [PeriodKind, string, string][])('by %s, after %s comes %s', (kind, period, next) => {
    expect(nextPeriod(period, kind)).toBe(next)
  })

  test('gaps are filled, whatever the order', () => {
    expect(fillPeriods(['2026-03-02', '2026-02-27', '2026-03-02'], 'DAY')).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ])
    expect(fillPeriods([], 'DAY')).toEqual([])
  })

  test('ticks of a month: its start, the first day and every week', () => {
    expect(placeTicks(days('2026-10-23', 31), 'DAY')).toEqual([
      { index: 0, text: 'Oct 23' },
      { index: 9, text: 'Nov' },
      { index: 16, text: '8' },
      { index: 23, text: '15' },
      { index: 30, text: '22' },
    ])
  })

  test('ticks are never crowded', () => {
    const ticks = placeTicks(days('2026-10-30', 9), 'DAY')
    expect(ticks).toEqual([{ index: 2, text: 'Nov' }])
  })
})

describe('folding', () => {
  test('31 days are one block of weeks that begins on a Friday', () => {
    const [block, ...others] = foldPeriods(days('2026-10-23', 31), 'DAY')
    expect(others).toEqual([])
    expect(block).toMatchObject({ title: null, lead: 4, start: 0 })
    expect(foldText('2026-11-01', 'DAY', false)).toBe('Nov 1')
  })

  test('91 days stay one block, 92 become months', () => {
    expect(foldPeriods(days('2026-01-01', 91), 'DAY')).toHaveLength(1)
    const months = foldPeriods(days('2026-01-15', 92), 'DAY')
    expect(months.map(({ title, lead, start, periods }) => [title, lead, start, periods.length])).toEqual([
      ['Jan 2026', 3, 0, 17],
      ['Feb 2026', 6, 17, 28],
      ['Mar 2026', 6, 45, 31],
      ['Apr 2026', 2, 76, 16],
    ])
  })

  test('hours are blocks of days', () => {
    const blocks = foldPeriods(fillPeriods(['2026-11-21-22', '2026-11-22-02'], 'HOUR'), 'HOUR')
    expect(blocks.map(({ title, lead, periods }) => [title, lead, periods.length])).toEqual([
      ['Nov 21, 2026', 10, 2],
      ['Nov 22, 2026', 0, 3],
    ])
  })

  test('months are rows of a year', () => {
    expect(foldPeriods(['2026-03', '2026-04'], 'MONTH')).toEqual([
      { title: null, lead: 2, start: 0, periods: ['2026-03', '2026-04'] },
    ])
  })
})

describe('heat', () => {
  const scale = { mostBytes: 100_000_000, exceeded: false }
  test.each([
    [0, 1],
    [799_999, 1],
    [800_001, 2],
    [10_000_000, 3],
    [50_000_000, 4],
    [99_999_999, 5],
    [100_000_000, 5],
  ])('%d bytes are in step %d', (bytes, step) => {
    expect(heatStep(bytes, scale)).toBe(step)
  })

  test('the legend begins with nothing and ends where the sizes end', () => {
    expect(stepStart(1, scale)).toBe(0)
    expect(stepStart(6, scale)).toBe(100_000_000)
  })

  test('sizes that hardly differ look alike', () => {
    const steps = (sizes: number[]) => {
      const cells = sizes.map((bytes, at) => full(`2026-11-0${at + 1}`, bytes))
      const { scale: found, rows } = buildCalendar([{ value: '', cells }], 'DAY')
      return rows[0]?.cells.map(({ bytes }) => heatStep(bytes, found))
    }
    expect(steps([7, 8, 7])).toEqual([5, 5, 5])
    expect(steps([0, 0])).toEqual([1, 1])
    expect(steps([4100, 4200, 4000])).toEqual([5, 5, 5])
  })
})

test('one day far above the others leaves them their colours', () => {
  const day = (at: number, bytes: number) => full(`2026-11-${String(at).padStart(2, '0')}`, bytes)
  const cells = Array.from({ length: 20 }, (_, at) => day(at + 1, 1000 + at))
  const { scale, rows } = buildCalendar([{ value: '', cells: [...cells, day(21, 200_000)] }], 'DAY')
  expect(scale).toEqual({ mostBytes: 1019, exceeded: true })
  expect(new Set(rows[0]?.cells.map(({ bytes }) => heatStep(bytes, scale)))).toEqual(new Set([5]))
  expect(rows[0]?.cells.at(-1)?.outlier).toBe('larger')
})

describe('calendar', () => {
  const calendar = buildCalendar(
    [
      { value: 'design', cells: [full('2026-11-20', 1000), full('2026-11-22', 3000)] },
      { value: 'api', cells: [{ period: '2026-11-21', files: 1, bytes: 20, state: 'empty' }] },
    ],
    'DAY',
  )

  test('lines values up and sums them', () => {
    expect(calendar.periods).toEqual(['2026-11-20', '2026-11-21', '2026-11-22'])
    expect(calendar.rows[0]).toMatchObject({ files: 8, bytes: 4000 })
    expect(calendar.rows[0]?.cells[1]).toEqual({ period: '2026-11-21', files: 0, bytes: 0, state: 'missing' })
    expect(calendar.scale).toEqual({ mostBytes: 3000, exceeded: false })
  })

  test.each([
    ['full', 'design · 2026-11-22 · 4 files · 1.2 MB'],
    ['filling', 'design · 2026-11-22 · still filling · 4 files · 1.2 MB'],
    ['empty', 'design · 2026-11-22 · 4 files · no record'],
    ['failed', 'design · 2026-11-22 · 4 files · unreadable'],
    ['missing', 'design · 2026-11-22 · missing'],
  ] as const)('a %s cell says %s', (state, said) => {
    expect(sayCell('design', { ...full('2026-11-22', 1_200_000), state })).toBe(said)
  })

  test('a row says its gaps and what is unlike the usual', () => {
    const cells = days('2026-11-01', 12).map((period) =>
      full(period, period === '2026-11-05' ? 90_000 : 1000),
    )
    const [row] = buildCalendar([{ value: 'api', cells: cells.filter((_, at) => at !== 8) }], 'DAY').rows
    expect(row && sayRow(row)).toBe('api · 44 files · 1 missing · 1 unlike the usual')
    expect(row?.cells.filter(isConspicuous).map(({ period }) => period)).toEqual(['2026-11-05', '2026-11-09'])
    expect(calendar.rows.map(sayRow)).toEqual(['design · 8 files · 1 missing', 'api · 1 file · 2 missing'])
  })

  test('a range runs both ways and includes both ends', () => {
    const [row] = calendar.rows
    const range = row ? rangeBetween(row, 2, 1) : null
    expect(range).toEqual({ value: 'design', from: '2026-11-21', to: '2026-11-22' })
    expect(calendar.periods.map((period) => inRange(range, 'design', period))).toEqual([false, true, true])
    expect(inRange(range, 'api', '2026-11-21')).toBe(false)
  })

  test('over 20 values the largest 20 are shown, in their order', () => {
    const values = Array.from({ length: 25 }, (_, at) => ({
      value: `v${at}`,
      cells: [full(`2026-11-${at + 1}`.replace(/-(\d)$/, '-0$1'), at)],
    }))
    const { rows, matching } = buildCalendar(values, 'DAY')
    expect([matching, rows.length, rows[0]?.value, rows.at(-1)?.value]).toEqual([25, 20, 'v5', 'v24'])
    const find = openCalendar(values, 'DAY')
    const found = find('V3')
    // Each key that is typed asks anew, of periods that are the same.
    expect(find('V4').periods).toBe(found.periods)
    expect(found.rows.map((row) => row.value)).toEqual(['v3'])
    expect(found.rows[0]?.cells).toHaveLength(25)
    expect(found.scale).toEqual({ mostBytes: 24, exceeded: false })
  })
})

test('of thousands of values over years only those that are shown are filled', () => {
  const values = Array.from({ length: 10_000 }, (_, at) => ({
    value: `user${at}`,
    cells: [full(`${2000 + (at % 25)}-11-22`, at)],
  }))
  // All of them filled would be 88 million cells.
  const { rows, periods, matching } = buildCalendar(values, 'DAY')
  expect([rows.length, matching, periods.length]).toEqual([20, 10_000, 8_767])
})

test('a day that is far from the usual of its value is marked, and says so', () => {
  const cells = days('2026-11-01', 10).map((period, at) => full(period, at === 4 ? 90_000 : 100 + at))
  const filling: CalendarCell = { period: '2026-11-11', files: 1, bytes: 1, state: 'filling' }
  const [row] = buildCalendar([{ value: 'api', cells: [...cells, filling] }], 'DAY').rows
  expect(row?.cells.flatMap(({ period, outlier }) => (outlier ? [[period, outlier]] : []))).toEqual([
    ['2026-11-05', 'larger'],
  ])
  expect(row?.cells[4] && sayCell('api', row.cells[4])).toMatch(/ · much larger than usual$/)
})
