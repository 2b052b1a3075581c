import 'server-only'
import { assembleQuoteLine, ORDER_BYTES, ORDERS_AT, QUOTED_AT, SOURCE_AT } from './quote-line-code'

/** Lines that are longer are rare, and nothing is won by gathering them. */
const MOST_LINE_BYTES = 8 * 1024
/** Gathered lines are worth copying from here on. */
const ENOUGH_BYTES = 8 * 1024
const SOURCE_BYTES = QUOTED_AT - SOURCE_AT

interface Quoter {
  memory: Buffer
  quoteLine(from: number, end: number, to: number): number
}

/** One for all streams of the process, each of which is done with it before it waits; undefined where the processor is too old. */
const quoter = makeQuoter()

function makeQuoter(): Quoter | undefined {
  const code = assembleQuoteLine()
  if (!WebAssembly.validate(code)) return undefined
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code))
  const { memory, quoteLine } = exports as { memory: WebAssembly.Memory; quoteLine: Quoter['quoteLine'] }
  const bytes = Buffer.from(memory.buffer)
  for (let quotes = 0; quotes < 256; quotes++) bytes.set(orderOf(quotes), ORDERS_AT + quotes * ORDER_BYTES)
  return { memory: bytes, quoteLine }
}

/** The places of eight bytes, of which those at the bits of `quotes` come twice. */
function orderOf(quotes: number): number[] {
  return Array.from({ length: 8 }, (_, place) => ((quotes >> place) & 1 ? [place, place] : [place])).flat()
}

/** Gathers lines of some bytes in quotes, those in them doubled; to be used up before anything is waited for. */
export class QuotedLines {
  /** What of the bytes stands in the memory. */
  private start = 0
  private end = 0
  private at = QUOTED_AT

  constructor(private readonly bytes: Buffer) {}

  /** Whether there is enough to be worth copying. */
  get isEnough(): boolean {
    return this.at - QUOTED_AT >= ENOUGH_BYTES
  }

  /** Adds a line and its end; false where it is not to be gathered. */
  add(start: number, end: number): boolean {
    if (quoter === undefined || end - start > MOST_LINE_BYTES) return false
    if (start < this.start || end > this.end) this.load(quoter.memory, start)
    const from = SOURCE_AT + start - this.start
    this.at = quoter.quoteLine(from, from + end - start, this.at)
    return true
  }

  /** Gives what was gathered, which stands there until more is. */
  take(): Buffer | undefined {
    if (quoter === undefined || this.at === QUOTED_AT) return undefined
    const taken = quoter.memory.subarray(QUOTED_AT, this.at)
    this.at = QUOTED_AT
    return taken
  }

  private load(memory: Buffer, start: number): void {
    this.start = start
    this.end = start + this.bytes.copy(memory, SOURCE_AT, start, start + SOURCE_BYTES)
  }
}
