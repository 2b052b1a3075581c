/** Texts that break what takes them for something else. */
export const ODD_TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '..',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'ALL',
  'NP',
  'a|2026-11-22',
  '*|CURRENT_DAY',
  '2026-11-01/2026-11-30',
  "';--",
  '<b>',
  '%',
  '%00',
  '\u0000',
  '\ud800',
  'Ünïcödé',
  '日本語',
  'עברית',
  '🪣',
  'x'.repeat(3_000),
  '{"a":1}',
]

export const ODD_VALUES: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  [],
  {},
  [[]],
  { __proto__x: 1 },
  { constructor: { prototype: 1 } },
  ...ODD_TEXTS,
]

/** One value of each type, and a few that are read as another one. */
export const WRONG_TYPES: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  '',
  'x',
  'x'.repeat(3_000),
  [],
  [null],
  ['a'],
  [[]],
  {},
  { a: 1 },
]

export type Path = (string | number)[]

/** Where anything stands in a JSON value, the value itself left aside: `[["params"], ["params", "path"], …]`. */
export function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  const keys: Path = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  return keys.flatMap((key) => [
    [...path, key],
    ...pathsIn((value as Record<string | number, unknown>)[key], [...path, key]),
  ])
}

/** A copy with another value at a place. */
export function withValueAt(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >
  copy[key] = withValueAt(copy[key], rest, other)
  return copy
}
