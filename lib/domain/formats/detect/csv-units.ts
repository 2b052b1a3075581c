import { kindOfCell, kindOfColumn } from './cell-kind'
import type { CsvTable } from './csv-layout'

/** Rows below the units whose values are looked at. */
const LOOKED_ROWS = 30

/**
 * The row of units under the names, such as `[s]` or `mm`, of the first file; undefined unless each file has one. Values of
 * numbers or times stand below most of them.
 */
export function findUnits(tables: readonly CsvTable[]): readonly string[] | undefined {
  const filled = tables.filter(({ rows }) => rows.length > 0)
  return filled.length > 0 && filled.every(({ rows }) => holdsUnits(rows)) ? filled[0]?.rows[1] : undefined
}

function holdsUnits([header = [], units = [], ...below]: readonly (readonly string[])[]): boolean {
  // What has a unit itself, or is one, names no column above units.
  if (below.length === 0 || header.every((cell) => isUnit(cell) || kindOfCell(cell) === 'number'))
    return false
  let measured = 0
  let ofMeasured = 0
  for (const [column, cell] of units.entries()) {
    const values = below.slice(0, LOOKED_ROWS).map((row) => row[column] ?? '')
    const isMeasured = MEASURED.has(kindOfColumn(values))
    if (isMeasured) measured++
    if (kindOfCell(cell) === 'empty') continue
    if (!isUnit(cell) || values.includes(cell)) return false
    if (isMeasured) ofMeasured++
  }
  return ofMeasured > 0 && ofMeasured >= measured / 2
}

const MEASURED: ReadonlySet<string> = new Set(['number', 'time'])

/** Whether a cell says what numbers are counted in: in brackets, or one of the usual units, alone or by another. */
function isUnit(cell: string): boolean {
  const text = cell.trim()
  return IN_BRACKETS.test(text) || (text.length <= MAX_UNIT_CHARS && UNIT.test(text))
}

const MAX_UNIT_CHARS = 16
const IN_BRACKETS = /^(?:\[[^\][]{0,24}\]|\([^()]{1,24}\)|<[^<>]{1,24}>)$/
const BASE =
  '(?:[pnuµμmcdhkMGT]?(?:m|g|s|A|V|W|Wh|VA|J|N|Pa|Hz|L|l|mol|F|H|T|Ω|Ohm|ohm|bar|cd|lm|lx|eV|cal|bit|byte|bytes|B)|[KMGT]i?B|' +
  'sec|msec|usec|min|h|hr|hrs|d|days?|hours?|minutes?|seconds?|years?|°|°[CFK]|deg[CFK]?|K|C|rad|rpm|%|‰|ppm|ppb|pH|dB|dBm|dBA|px|pcs?|' +
  'in|ft|yd|mi|mph|kn|lb|lbs|oz|psi|gal|ha|atm|mmHg|[€$£¥]|EUR|USD|GBP|CHF|JPY)'
const UNIT = new RegExp(`^${BASE}(?:\\^?-?[0-9²³])?(?:[/*·.]${BASE}(?:\\^?-?[0-9²³])?)*$`)
