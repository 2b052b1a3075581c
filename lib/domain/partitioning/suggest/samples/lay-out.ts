/** What the places of a template take, one after the other. */
interface Places {
  a?: readonly string[]
  b?: readonly string[]
  days?: readonly string[]
}

/** Days of three years; each field takes several values, and the last of its range. */
export const DAYS = [
  '2024-02-29',
  '2025-11-09',
  '2025-12-30',
  '2025-12-31',
  '2026-01-01',
  '2026-01-02',
  '2026-03-31',
  '2026-04-10',
  '2026-09-01',
  '2026-10-13',
  '2026-11-21',
  '2026-11-22',
]
const FILES_A_DAY = 2
const HOURS = [0, 9, 13, 23, 5, 18, 7]

/**
 * Paths by a template, two a day for each `a` and `b`. `{Y} {M} {D} {H}` are the fields of the date, `{m}` its minute,
 * `{a}` and `{b}` given values, `{n}` a running number, `{id}` eight and `{uuid}` thirty-two digits that never recur.
 */
export function layOut(template: string, { a = [''], b = [''], days = DAYS }: Places = {}): string[] {
  const values = a.flatMap((one) => b.map((other) => [one, other]))
  const files = days.flatMap((day) => Array.from({ length: FILES_A_DAY }, () => day))
  return files
    .flatMap((day) => values.map((pair) => ({ day, pair })))
    .map(({ day, pair: [one = '', other = ''] }, n) => {
      const [Y = '', M = '', D = ''] = day.split('-')
      const id = toDigits(n)
      const known: Record<string, string> = {
        ...{ Y, M, D, H: twoDigits(HOURS[n % HOURS.length] ?? 0), m: twoDigits((n * 7) % 60) },
        ...{ a: one, b: other, n: String(n + 1), id },
        uuid: `${id}-4c1e-4f0a-9d2b-${id}beef`,
      }
      return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole)
    })
}

const twoDigits = (number: number) => String(number).padStart(2, '0')

/** Eight digits to base 16 that look like chance and are the same in every run. */
const toDigits = (n: number) => (((n + 1) * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0')
