import 'server-only'
import type { ByteQueue } from '../byte-queue'
import type { Hold } from '../hold'
import type { Resting } from '../resting'

/** What an unpacker needs to know and to tell. */
export interface Unpacking<State> {
  /** Where it begins, if not at the beginning. */
  from?: State | undefined
  /** Is told of each place of the packed data at which unpacking can begin, once what stands before it was given. */
  mark: (offset: number, state?: State) => void
  /** Is told what will be held. */
  hold: Hold
}

export type Unpacker<State> = (
  queue: ByteQueue,
  path: string,
  unpacking: Unpacking<State>,
) => AsyncGenerator<Buffer, void>

/** Packed data that can be gone back to. */
export interface PackedData {
  readonly start: number
  /** From its start on; once. */
  readonly queue: ByteQueue
  /** From a place on. */
  again(offset: number): Promise<ByteQueue>
  /** Closes what was opened. */
  rest(): Promise<void>
}

/** Unpacks what can be gone back to: nothing of it is held while the reading rests. */
export function unpackAgain<State>(
  packed: PackedData,
  path: string,
  resting: Resting,
  unpacker: Unpacker<State>,
): AsyncGenerator<Buffer, void> {
  const place = new UnpackPlace<State>(packed.start)
  let first: ByteQueue | undefined = packed.queue
  const begin = async function* (hold: Hold) {
    const queue = first ?? (await packed.again(place.offset))
    first = undefined
    yield* place.goOn((unpacking) => unpacker(queue, path, { ...unpacking, hold }))
  }
  return resting(begin, () => packed.rest())
}

/** How far packed data was unpacked, and the last place before that from which unpacking can go on. */
class UnpackPlace<State> {
  offset: number
  state: State | undefined
  /** Bytes that were given, and those of them that stand before the place. */
  private given = 0
  private before = 0
  private unpacked = 0

  constructor(start: number) {
    this.offset = start
  }

  /** Gives what was not given before of what is unpacked from the place on. */
  async *goOn(
    unpack: (unpacking: Omit<Unpacking<State>, 'hold'>) => AsyncIterable<Buffer>,
  ): AsyncGenerator<Buffer, void> {
    this.unpacked = this.before
    const mark = (offset: number, state?: State) => {
      this.offset = offset
      this.state = state
      this.before = this.unpacked
    }
    for await (const chunk of unpack({ from: this.state, mark })) {
      const start = this.unpacked
      this.unpacked += chunk.length
      if (this.unpacked <= this.given) continue
      const more = start < this.given ? chunk.subarray(this.given - start) : chunk
      this.given = this.unpacked
      yield more
    }
  }
}
