import 'server-only'
import type { CjkIndex } from './cjk-indexes'
import type { Utf8Writer } from './utf8-writer'

/** How one encoding reads what begins at a place. */
export interface Sequences {
  /**
   * Writes the character, or the fault, that begins at `at` and gives how many bytes it took; 0 = the bytes at hand end
   * inside of a sequence. When `last`, no more bytes come.
   */
  read(bytes: Buffer, at: number, writer: Utf8Writer, last: boolean): number
}

/** A pair that means nothing is one fault; its second byte stays if it is ASCII, so that no quote or line end is swallowed. */
function writePair(writer: Utf8Writer, codePoint: number | undefined, at: number, trail: number): number {
  if (codePoint !== undefined && codePoint !== 0) {
    writer.put(codePoint)
    return 2
  }
  writer.fault(at)
  return trail < 0x80 ? 1 : 2
}

function writeSingle(writer: Utf8Writer, codePoint: number): 1 {
  writer.put(codePoint)
  return 1
}

function faultAt(writer: Utf8Writer, at: number): 1 {
  writer.fault(at)
  return 1
}

/** GBK and GB18030: sequences of one, two and four bytes. */
export function gb18030(pairs: CjkIndex, ranges: CjkIndex): Sequences {
  const readFour = (bytes: Buffer, at: number, writer: Utf8Writer): number => {
    const third = bytes[at + 2]
    if (third === undefined) return 0
    if (third < 0x81 || third > 0xfe) return faultAt(writer, at)
    const fourth = bytes[at + 3]
    if (fourth === undefined) return 0
    if (fourth < 0x30 || fourth > 0x39) return faultAt(writer, at)
    const row = ((bytes[at] ?? 0) - 0x81) * 10 + (bytes[at + 1] ?? 0) - 0x30
    const pointer = row * 1_260 + (third - 0x81) * 10 + (fourth - 0x30)
    const codePoint = pointer < 189_000 ? ranges[pointer] : pointer - 189_000 + 0x10000
    if (codePoint === undefined || codePoint > 0x10ffff) writer.fault(at)
    else writer.put(codePoint)
    return 4
  }
  return {
    read(bytes, at, writer) {
      const lead = bytes[at] ?? 0
      if (lead < 0x80) return writeSingle(writer, lead)
      if (lead === 0x80) return writeSingle(writer, 0x20ac)
      if (lead === 0xff) return faultAt(writer, at)
      const trail = bytes[at + 1]
      if (trail === undefined) return 0
      if (trail >= 0x30 && trail <= 0x39) return readFour(bytes, at, writer)
      const isTrail = trail >= 0x40 && trail !== 0x7f && trail !== 0xff
      const place = trail - (trail < 0x7f ? 0x40 : 0x41)
      return writePair(writer, isTrail ? pairs[(lead - 0x81) * 190 + place] : 0, at, trail)
    },
  }
}

/** Pointers that stand for a letter and a mark on it. */
const BIG5_COMPOSED = new Map([
  [1133, [0xca, 0x304]],
  [1135, [0xca, 0x30c]],
  [1164, [0xea, 0x304]],
  [1166, [0xea, 0x30c]],
])

/** Big5: sequences of one and two bytes, four of which stand for two characters. */
export function big5(pairs: CjkIndex): Sequences {
  return {
    read(bytes, at, writer) {
      const lead = bytes[at] ?? 0
      if (lead < 0x80) return writeSingle(writer, lead)
      if (lead === 0x80 || lead === 0xff) return faultAt(writer, at)
      const trail = bytes[at + 1]
      if (trail === undefined) return 0
      const isTrail = (trail >= 0x40 && trail <= 0x7e) || (trail >= 0xa1 && trail <= 0xfe)
      const pointer = (lead - 0x81) * 157 + trail - (trail < 0x7f ? 0x40 : 0x62)
      const composed = isTrail ? BIG5_COMPOSED.get(pointer) : undefined
      if (composed === undefined) return writePair(writer, isTrail ? pairs[pointer] : 0, at, trail)
      for (const codePoint of composed) writer.put(codePoint)
      return 2
    },
  }
}

/** Shift_JIS: sequences of one and two bytes, half-width katakana among the first. */
export function shiftJis(pairs: CjkIndex): Sequences {
  return {
    read(bytes, at, writer) {
      const lead = bytes[at] ?? 0
      if (lead <= 0x80) return writeSingle(writer, lead)
      if (lead >= 0xa1 && lead <= 0xdf) return writeSingle(writer, 0xff61 - 0xa1 + lead)
      if (lead === 0xa0 || lead > 0xfc) return faultAt(writer, at)
      const trail = bytes[at + 1]
      if (trail === undefined) return 0
      const isTrail = trail >= 0x40 && trail !== 0x7f && trail <= 0xfc
      const pointer = (lead - (lead < 0xa0 ? 0x81 : 0xc1)) * 188 + trail - (trail < 0x7f ? 0x40 : 0x41)
      const isOwn = pointer >= 8_836 && pointer <= 10_715
      const codePoint = isOwn ? 0xe000 - 8_836 + pointer : pairs[pointer]
      return writePair(writer, isTrail ? codePoint : 0, at, trail)
    },
  }
}

/** EUC-JP: sequences of one, two and three bytes; those of three are of the supplement. */
export function eucJp(pairs: CjkIndex, supplement: CjkIndex): Sequences {
  const isHigh = (byte: number) => byte >= 0xa1 && byte <= 0xfe
  const readSupplement = (bytes: Buffer, at: number, writer: Utf8Writer): number => {
    const lead = bytes[at + 1] ?? 0
    const trail = bytes[at + 2]
    if (trail === undefined) return 0
    const codePoint = isHigh(trail) ? supplement[(lead - 0xa1) * 94 + trail - 0xa1] : 0
    // The first byte of three belongs to the pair behind it, whatever comes of that.
    return writePair(writer, codePoint, at, trail) + 1
  }
  return {
    read(bytes, at, writer) {
      const lead = bytes[at] ?? 0
      if (lead < 0x80) return writeSingle(writer, lead)
      if (lead !== 0x8e && lead !== 0x8f && !isHigh(lead)) return faultAt(writer, at)
      const trail = bytes[at + 1]
      if (trail === undefined) return 0
      if (lead === 0x8f && isHigh(trail)) return readSupplement(bytes, at, writer)
      if (lead === 0x8e)
        return writePair(writer, trail >= 0xa1 && trail <= 0xdf ? 0xff61 - 0xa1 + trail : 0, at, trail)
      return writePair(
        writer,
        lead !== 0x8f && isHigh(trail) ? pairs[(lead - 0xa1) * 94 + trail - 0xa1] : 0,
        at,
        trail,
      )
    },
  }
}

/** EUC-KR: sequences of one and two bytes. */
export function eucKr(pairs: CjkIndex): Sequences {
  return {
    read(bytes, at, writer) {
      const lead = bytes[at] ?? 0
      if (lead < 0x80) return writeSingle(writer, lead)
      if (lead === 0x80 || lead === 0xff) return faultAt(writer, at)
      const trail = bytes[at + 1]
      if (trail === undefined) return 0
      const isTrail = trail >= 0x41 && trail <= 0xfe
      return writePair(writer, isTrail ? pairs[(lead - 0x81) * 190 + trail - 0x41] : 0, at, trail)
    },
  }
}
