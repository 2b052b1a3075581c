import { type DetectionSample, Dice, lines, tuned, USERS } from './sample'

const dice = new Dice(71_207)
const SEPARATORS = [
  { char: ';', name: 'semicolon' },
  { char: ',', name: 'comma' },
  { char: '\t', name: 'tab' },
] as const

const HEADER = ['nr', 'name', 'betrag', 'aktiv', 'zeit'] as const
type Column = (typeof HEADER)[number] | 'land'

function cellOf(column: Column, number: number): string {
  const values: Record<Column, () => string> = {
    nr: () => String(number + 1),
    name: () => dice.pick(USERS),
    betrag: () => String(dice.int(100, 99_999) / 100),
    aktiv: () => dice.pick(['ja', 'nein']),
    zeit: () => dice.iso(),
    land: () => dice.pick(['DE', 'FR', 'IT']),
  }
  return values[column]()
}

const rowsOf = (columns: readonly Column[], separator: string, count: number) =>
  lines(count, (number) => columns.map((column) => cellOf(column, number)).join(separator))

const fileOf = (columns: readonly Column[], separator: string, count = 8) =>
  `${columns.join(separator)}\n${rowsOf(columns, separator, count)}`

const objects = () =>
  lines(8, (number) => JSON.stringify(Object.fromEntries(HEADER.map((name) => [name, cellOf(name, number)]))))

function driftOf(separator: string, name: string): DetectionSample[] {
  const usual = () => fileOf(HEADER, separator)
  const reordered: Column[] = ['zeit', 'nr', 'betrag', 'name', 'aktiv']
  const other = separator === ',' ? ';' : ','
  const expected = { type: 'csv', separator, header: true, skipRows: 0 } as const
  const sample = (kind: string, files: string[]): DetectionSample => ({
    kind: `Drift, ${kind} (${name})`,
    files,
    expected,
  })
  const differing = (kind: string, files: string[]): DetectionSample => ({
    ...sample(kind, files),
    differsByFile: true,
  })
  return [
    sample('column added in one of three', [usual(), usual(), fileOf([...HEADER, 'land'], separator)]),
    sample('column added in few rows', [
      fileOf(HEADER, separator, 2),
      fileOf(HEADER, separator, 2),
      fileOf([...HEADER, 'land'], separator, 2),
    ]),
    sample('column added in half of them', [
      usual(),
      usual(),
      fileOf([...HEADER, 'land'], separator),
      fileOf([...HEADER, 'land'], separator),
    ]),
    sample('column added in between', [
      usual(),
      usual(),
      fileOf(['nr', 'land', ...HEADER.slice(1)], separator),
    ]),
    sample('column left out', [usual(), usual(), fileOf(HEADER.slice(0, 4), separator)]),
    sample('other order', [usual(), usual(), fileOf(reordered, separator)]),
    differing('header missing in one', [usual(), usual(), rowsOf(HEADER, separator, 8)]),
    differing('header missing in the oldest', [rowsOf(HEADER, separator, 8), usual(), usual()]),
    differing('another separator in one', [usual(), fileOf(HEADER, other), usual()]),
    tuned(differing('another separator before, of two', [fileOf(HEADER, other), usual()])),
    tuned(
      differing('another separator before, of four', [
        ...[0, 1].map(() => fileOf(HEADER, other)),
        ...[0, 1].map(() => usual()),
      ]),
    ),
    tuned(differing('JSON before, of two', [objects(), usual()])),
    tuned({ ...differing('JSON since, of two', [usual(), objects()]), expected: { type: 'json' } }),
    sample('one empty', [usual(), '', usual()]),
    sample('one of a header alone', [usual(), `${HEADER.join(separator)}\n`, usual()]),
    sample('one truncated', [usual(), usual(), usual().slice(0, -28)]),
  ]
}

const WIDE = Array.from({ length: 10_000 }, (_, column) => `measure_${column}`)

/** Several files of one kind that differ as they do when their writer changes, and one that is wide. */
export const DRIFT_SAMPLES: DetectionSample[] = [
  ...SEPARATORS.flatMap(({ char, name }) => driftOf(char, name)),
  {
    kind: 'CSV of 10,000 columns',
    files: [`${WIDE.join(',')}\n${lines(20, () => WIDE.map(() => dice.int(0, 99_999)).join(','))}`],
    expected: { type: 'csv', separator: ',', header: true },
  },
  {
    kind: 'CSV of 40,000 columns, cut in its header',
    files: [`${Array.from({ length: 40_000 }, (_, column) => `measure_${column}`).join(';')}\n`.repeat(2)],
    expected: { type: 'csv', separator: ';', header: true },
    // More columns than are kept: it is told record by record.
    differsByFile: true,
  },
  {
    kind: 'One line of prose, cut',
    files: ['so he went on, saying little, and the road was long, as roads are, '.repeat(8_000)],
    expected: { type: 'line' },
  },
]
