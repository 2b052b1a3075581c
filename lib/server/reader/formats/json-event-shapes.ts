import 'server-only'
import { type AuditEnvelope, ENVELOPE_MARKS } from '#lib/domain/formats/audit-envelope'
import type { ExpandedLine } from '#lib/domain/formats/expand-json'
import { JsonShape } from '#lib/domain/formats/json-shape'
import { skipBlanks } from '#lib/domain/formats/json-text/tokens'
import type { JsonNode } from '#lib/domain/formats/json-tree'

/**
 * What lines are made like, for each envelope apart: the same name is another column in another envelope. No line fits a
 * shape of another envelope than its own: what tells them apart is either required, or was never learned.
 */
export class EventShapes {
  private readonly shapes = new Map<AuditEnvelope | undefined, JsonShape>()
  private last: JsonShape | undefined

  /** Reads a line that is made like earlier ones; false if it has to be looked at closely, and nothing is added. */
  read(line: string, places: number[]): boolean {
    if (this.last !== undefined && fits(this.last, line, places)) return true
    for (const shape of this.shapes.values()) {
      if (shape === this.last || !fits(shape, line, places)) continue
      this.last = shape
      return true
    }
    return false
  }

  learn(line: string, { object, envelope }: ExpandedLine, columns: ReadonlyMap<JsonNode, number>): void {
    if (envelope === undefined && isNearlyEvent(object)) return
    let shape = this.shapes.get(envelope)
    if (shape === undefined) {
      shape = new JsonShape(envelope === undefined ? [] : ENVELOPE_MARKS[envelope])
      this.shapes.set(envelope, shape)
    }
    shape.learn(line, object, columns)
    this.last = shape
  }
}

/** Learned, it would let events through that differ from it inside of these. */
const isNearlyEvent = ({ members }: JsonNode): boolean =>
  ['message', 'clientEvent'].some((name) => members?.get(name)?.members !== undefined)

function fits(shape: JsonShape, line: string, places: number[]): boolean {
  const before = places.length
  const start = skipBlanks(line, 0)
  const end = line[start] === '{' ? shape.read(line, start, places) : -1
  if (end >= 0 && skipBlanks(line, end) === line.length) return true
  places.length = before
  return false
}
