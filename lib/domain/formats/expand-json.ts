import { type AuditEnvelope, ENVELOPE_MARKS, findEnvelope, unwrapAuditEnvelope } from './audit-envelope'
import { addValues, type FlatRecord, flattenObject } from './flatten-json'
import { OPEN_BRACE, skipBlanks } from './json-text/tokens'
import { JsonValueScanner } from './json-text/value-scanner'
import { type JsonNode, readTree } from './json-tree'
import { escapeName } from './root-path'

/** The column that holds the line itself. */
export const LINE_COLUMN = 'line'

export interface ExpandedLine extends FlatRecord {
  /** The object that the line is. */
  object: JsonNode
  envelope: AuditEnvelope | undefined
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
  const object = readTree(line, start, depth + ENVELOPE_LEVELS)
  const members = object.members ?? new Map<string, JsonNode>()
  const envelope = findEnvelope(members, membersOf)
  return { object, envelope, ...flatten(object, members, envelope, depth - 1) }
}

/** `clientEvent` and its `message` are not levels of what is in them. */
const ENVELOPE_LEVELS = 2

const membersOf = (node: JsonNode): JsonNode['members'] => node.members

function flatten(
  object: JsonNode,
  members: Map<string, JsonNode>,
  envelope: AuditEnvelope | undefined,
  levels: number,
): FlatRecord {
  if (envelope === undefined) {
    if (!members.has(LINE_COLUMN)) return flattenObject(object, levels)
    const record: FlatRecord = { values: [], repeated: object.repeated }
    for (const [name, node] of members) {
      if (name === LINE_COLUMN) addValues(record, `${LINE_COLUMN}.${LINE_COLUMN}`, node, levels)
      else addValues(record, escapeName(name), node, levels)
    }
    return record
  }
  const [outer = ''] = ENVELOPE_MARKS[envelope]
  const wrapper = members.get(outer)
  const message = envelope === 'forwarded' ? wrapper?.members?.get('message') : undefined
  const record: FlatRecord = {
    values: [],
    repeated: object.repeated ?? wrapper?.repeated ?? message?.repeated,
  }
  for (const [column, node] of unwrapAuditEnvelope(envelope, members, membersOf)) {
    addValues(record, column, node, levels)
  }
  return record
}

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
