import fc from 'fast-check'

/** A path and the partition it was made for: its discrete values and its day. */
export interface LaidOut {
  path: string
  partition: string
}

interface Kind {
  name: string
  write: (place: {
    value: string
    year: string
    month: string
    day: string
    hour: string
    file: string
  }) => string
}

/** The ways in which people lay files out by date. */
export const LAYOUT_KINDS: readonly Kind[] = [
  { name: 'folders by day', write: (p) => `/${p.value}/${p.year}/${p.month}/${p.day}/${p.file}.gz` },
  { name: 'folders by hour', write: (p) => `/${p.value}/${p.year}/${p.month}/${p.day}/${p.hour}/${p.file}` },
  { name: 'keys', write: (p) => `/kind=${p.value}/year=${p.year}/month=${p.month}/day=${p.day}/${p.file}` },
  {
    name: 'keys by hour, value below',
    write: (p) => `/year=${p.year}/month=${p.month}/day=${p.day}/hour=${p.hour}/kind=${p.value}/${p.file}`,
  },
  { name: 'dt=', write: (p) => `/${p.value}/dt=${p.year}-${p.month}-${p.day}/${p.file}` },
  { name: 'dt= digits', write: (p) => `/kind=${p.value}/dt=${p.year}${p.month}${p.day}/${p.file}` },
  { name: 'a day as digits', write: (p) => `/${p.value}/${p.year}${p.month}${p.day}/${p.file}` },
  {
    name: 'a day, then hours',
    write: (p) => `/${p.value}/${p.year}-${p.month}-${p.day}/${p.hour}/${p.file}`,
  },
  { name: 'day first', write: (p) => `/logs/${p.value}/${p.day}-${p.month}-${p.year}/${p.file}` },
  { name: 'day first in folders', write: (p) => `/${p.value}/${p.day}/${p.month}/${p.year}/${p.file}` },
  {
    name: 'month first in folders',
    write: (p) => `/logs/${p.month}/${p.day}/${p.year}/${p.value}/${p.file}`,
  },
  {
    name: 'day first with keys',
    write: (p) => `/kind=${p.value}/day=${p.day}/month=${p.month}/year=${p.year}/${p.file}`,
  },
  { name: 'in the file name', write: (p) => `/logs/${p.value}-${p.year}-${p.month}-${p.day}.log.gz` },
  {
    name: 'at the end of the file name',
    write: (p) => `/logs/${p.value}.log.${p.year}-${p.month}-${p.day}`,
  },
  {
    name: 'file name by hour',
    write: (p) => `/${p.value}/app_${p.year}${p.month}${p.day}T${p.hour}45Z_${p.file}`,
  },
  {
    name: 'CloudTrail',
    write: (p) =>
      `/AWSLogs/123456789012/CloudTrail/${p.value}/${p.year}/${p.month}/${p.day}/123456789012_CloudTrail_${p.value}_${p.year}${p.month}${p.day}T${p.hour}45Z_${p.file}.json.gz`,
  },
]

const two = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((number) => String(number).padStart(2, '0'))

const word = fc.string({ unit: fc.constantFrom(...'abcdefghkmnrstuwz'), minLength: 2, maxLength: 6 })

/** Paths of one kind, 30 of them or more, over two to four values. */
export const laidOutPaths: fc.Arbitrary<{ kind: string; files: LaidOut[] }> = fc
  .tuple(
    fc.constantFrom(...LAYOUT_KINDS),
    fc.uniqueArray(word, { minLength: 2, maxLength: 4 }),
    fc.integer({ min: 1991, max: 2040 }).map(String),
    fc.array(fc.tuple(fc.nat(), two(1, 12), two(1, 28), two(0, 23), word), { minLength: 30, maxLength: 60 }),
  )
  .map(([kind, values, year, places]) => ({
    kind: kind.name,
    files: places.map(([pick, month, day, hour, file], at) => {
      // The first paths name every value once.
      const value = values[at < values.length ? at : pick % values.length] ?? ''
      const path = kind.write({ value, year, month, day, hour, file })
      return { path, partition: `${value} ${year}-${month}-${day}` }
    }),
  }))
