import { unwrapAuditEnvelope } from './audit-envelope'
import { addValues, type FlatValue } from './flatten-json'
import { OPEN_BRACE, skipBlanks } from './json-text/tokens'
import { JsonValueScanner } from './json-text/value-scanner'
import { type JsonNode, readTree } from './json-tree'
import { escapeName } from './root-path'

/** The column that holds the line itself. */
export const LINE_COLUMN = 'line'

export interface ExpandedLine {
  /** In order of appearance; the columns differ from each other and from `line`. */
  values: FlatValue[]
  /** The first name that an object has twice: its last value is taken. */
  repeated: string | undefined
}

/**
 * Takes the JSON object apart that a line is, audit events out of their envelope; undefined for any other line. Column names
 * have at most `depth` parts; a field `line` becomes `line.line`, since the line itself has that name.
 * @example expandLine('{"message":{"msgType":"login"},"mdc":{"user":"mira"}}', 2) // "msgType", "mdc.user"
 */
export function expandLine(
  line: string,
  depth: number,
  scanner = new JsonValueScanner(),
): ExpandedLine | undefined {
  const start = skipBlanks(line, 0)
  if (line.charCodeAt(start) !== OPEN_BRACE) return undefined
  scanner.begin()
  const end = scanner.scan(line, start)
  if (!scanner.done || scanner.tooDeep || skipBlanks(line, end) < line.length) return undefined
  const { members, repeated } = readTree(line, start, depth + ENVELOPE_LEVELS)
  const values: FlatValue[] = []
  for (const [column, node] of columnsOf(members ?? new Map())) addValues(values, column, node, depth - 1)
  return { values, repeated }
}

/** `clientEvent` and its `message` are not levels of what is in them. */
const ENVELOPE_LEVELS = 2

function* columnsOf(members: Map<string, JsonNode>): Iterable<[string, JsonNode]> {
  const event = unwrapAuditEnvelope(members, (node) => node.members)
  if (event !== undefined) yield* event
  else for (const [name, node] of members) yield [plainColumn(name), node]
}

const plainColumn = (name: string): string =>
  name === LINE_COLUMN ? `${LINE_COLUMN}.${LINE_COLUMN}` : escapeName(name)

/**
 * Gives the columns that Expand JSON makes of some lines, `line` first, in order of appearance.
 * @example expandedColumns(['{"a":{"b":1}}', 'no JSON'], 2) // ["line", "a.b"]
 */
export function expandedColumns(lines: readonly string[], depth: number): string[] {
  const columns = new Set([LINE_COLUMN])
  for (const line of lines)
    for (const { column } of expandLine(line, depth)?.values ?? []) columns.add(column)
  return [...columns]
}
