import 'server-only'

/**
 * A function of WebAssembly that writes a line in quotes, those in it doubled, eight bytes at a time and without a branch: by
 * which of the eight are quotes it takes an order of them from a table. What the platform offers to JavaScript goes byte by byte.
 *
 * `quoteLine(from, end, to)` reads the line between `from` and `end` in its memory, writes it with its quotes and its end to
 * `to`, and gives the place behind. It may read 7 bytes behind the line, and write 16 behind what it gives.
 */

/** What stands where in the memory: the table, the bytes of lines, and what becomes of them. */
export const ORDERS_AT = 0
export const SOURCE_AT = 4 * 1024
export const QUOTED_AT = SOURCE_AT + 64 * 1024
const PAGES = 2
/** An order is of 16 places, for each of 256 ways in which eight bytes may be quotes. */
const ORDER_BITS = 4
export const ORDER_BYTES = 1 << ORDER_BITS

const QUOTE = 34
const QUOTE_AND_LF = QUOTE | (10 << 8)

type Code = readonly (number | Code)[]

/** Parameters first, then what the function keeps by itself. */
const LOCALS = { from: 0, end: 1, to: 2, quotes: 3, eight: 4, quote: 5 }
type Local = keyof typeof LOCALS

// Instructions by their names in the text format of WebAssembly.
const get = (local: Local): Code => [0x20, LOCALS[local]]
const set = (local: Local): Code => [0x21, LOCALS[local]]
const tee = (local: Local): Code => [0x22, LOCALS[local]]
const constant = (value: number): Code => [0x41, signed(value)]
const [add, subtract, and, shiftLeft, countOnes, isAtMost] = [0x6a, 0x6b, 0x71, 0x74, 0x69, 0x4d] as const
const store8: Code = [0x3a, 0, 0]
const store16: Code = [0x3b, 0, 0]
const loop: Code = [0x03, 0x40]
const whenTrue: Code = [0x04, 0x40]
const end: Code = [0x0b]
const goOnWithLoop: Code = [0x0c, 1]
const vector = (instruction: number, ...more: number[]): Code => [0xfd, unsigned(instruction), more]
const loadEight = vector(93, 0, 0)
const load = vector(0, 0, ORDERS_AT)
const store = vector(11, 0, 0)
const [inOrder, fill, equal, toBits] = [vector(14), vector(15), vector(35), vector(100)]

/** Takes eight bytes, and finds which of them are quotes. */
const lookAtEight: Code = [get('from'), loadEight, tee('eight'), get('quote'), equal, toBits]
/** Writes them in the order that `quotes` asks for. */
const writeEight: Code = [
  [get('to'), get('eight')],
  [get('quotes'), constant(ORDER_BITS), shiftLeft, load, inOrder],
  store,
]
const moveTo = (by: Code): Code => [get('to'), by, add, set('to')]
const leftOfLine: Code = [get('end'), get('from'), subtract]

const BODY: Code = [
  [constant(QUOTE), fill, set('quote')],
  [get('to'), constant(QUOTE), store8, moveTo(constant(1))],
  loop,
  [get('from'), constant(8), add, get('end'), isAtMost],
  [
    whenTrue,
    [lookAtEight, set('quotes'), writeEight],
    moveTo([constant(8), get('quotes'), countOnes, add]),
    [get('from'), constant(8), add, set('from')],
    goOnWithLoop,
    end,
  ],
  end,
  // Fewer than eight: what stands behind the line is no quote of it.
  [lookAtEight, constant(1), leftOfLine, shiftLeft, constant(1), subtract, and, set('quotes'), writeEight],
  moveTo([leftOfLine, get('quotes'), countOnes, add]),
  [get('to'), constant(QUOTE_AND_LF), store16],
  [get('to'), constant(2), add],
  end,
]

const I32 = 0x7f
const V128 = 0x7b

/** The module, with its `memory` and `quoteLine`. */
export function assembleQuoteLine(): Uint8Array<ArrayBuffer> {
  const locals: Code = [2, [1, I32], [2, V128]]
  return Uint8Array.from(
    flatten([
      [...Buffer.from('\0asm'), 1, 0, 0, 0],
      section(1, [1, 0x60, 3, I32, I32, I32, 1, I32]),
      section(3, [1, 0]),
      section(5, [1, 1, PAGES, PAGES]),
      section(7, [2, name('quoteLine'), 0, 0, name('memory'), 2, 0]),
      section(10, [1, sized([locals, BODY])]),
    ]),
  )
}

const section = (id: number, content: Code): Code => [id, sized(content)]

function sized(content: Code): Code {
  const bytes = flatten(content)
  return [unsigned(bytes.length), bytes]
}

const name = (text: string): Code => sized([...Buffer.from(text)])

function flatten(code: Code): number[] {
  return code.flatMap((part) => (typeof part === 'number' ? [part] : flatten(part)))
}

/** A number as LEB128: seven bits a byte, the lowest first. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

/** The same of one that may be negative: the seventh bit of its last byte is its sign. */
function signed(value: number): number[] {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)]
}
