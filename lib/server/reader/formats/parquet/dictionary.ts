import 'server-only'
import { Malformed } from './malformed'
import type { SchemaNode } from './schema'
import type { LeafText } from './to-text'
import { plainValues, WIDTHS } from './values'

/** Values of any length are found by the place of each sixteenth of them. */
const MARK_BITS = 4
const MARK_MASK = 2 ** MARK_BITS - 1
/** Texts are kept in blocks, so that a dictionary of which little is used holds little. */
const BLOCK_BITS = 8
const BLOCK_MASK = 2 ** BLOCK_BITS - 1

/** The values that the pages of a column name by number; each becomes text when it is first asked for. */
export class Dictionary {
  private readonly texts: string[][] = []
  private readonly startOf: (index: number) => number

  /** Throws `Malformed` when there are fewer values than it says. */
  constructor(
    private readonly body: Buffer,
    private readonly count: number,
    private readonly leaf: SchemaNode,
    private readonly toText: LeafText['toText'],
  ) {
    const { physical, fixedLength } = leaf
    if (physical === 'bytes') {
      this.startOf = markStarts(body, count)
      return
    }
    const width = physical === 'fixed' ? fixedLength : physical === undefined ? undefined : WIDTHS[physical]
    if (width === undefined) throw new Malformed(`The column ${leaf.name} cannot have a dictionary`)
    if (count * width > body.length) throw new Malformed('Values end too early')
    this.startOf = (index) => index * width
  }

  /** Undefined where there is no such value. */
  at(index: number): string | undefined {
    const known = this.texts[index >> BLOCK_BITS]?.[index & BLOCK_MASK]
    if (known !== undefined || index >= this.count) return known
    const text = this.toText(plainValues(this.body.subarray(this.startOf(index)), this.leaf).next())
    let block = this.texts[index >> BLOCK_BITS]
    if (block === undefined) {
      block = []
      this.texts[index >> BLOCK_BITS] = block
    }
    block[index & BLOCK_MASK] = text
    return text
  }
}

function markStarts(body: Buffer, count: number): (index: number) => number {
  // A value has its length before it: as many as are told may not be there.
  const marks = new Uint32Array((Math.min(count, body.length >> 2) >> MARK_BITS) + 1)
  let at = 0
  for (let index = 0; index < count; index++) {
    if ((index & MARK_MASK) === 0) marks[index >> MARK_BITS] = at
    at += 4 + body.readUInt32LE(at)
    if (at > body.length) throw new Malformed('Values end too early')
  }
  return (index) => {
    let start = marks[index >> MARK_BITS] ?? 0
    for (let left = index & MARK_MASK; left > 0; left--) start += 4 + body.readUInt32LE(start)
    return start
  }
}
