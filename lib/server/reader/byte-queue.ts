import 'server-only'

/** A stream of bytes that can be looked into, and to which bytes can be given back. */
export class ByteQueue {
  /** Bytes taken so far. */
  offset = 0
  private readonly source: AsyncIterator<Buffer>
  private readonly held: Buffer[] = []
  /** Met while looking ahead: it is thrown when what stands before it has been taken. */
  private failure: { error: unknown } | undefined

  constructor(bytes: AsyncIterable<Buffer>) {
    this.source = bytes[Symbol.asyncIterator]()
  }

  /** Takes the next chunk, never an empty one; undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    const chunk = this.held.shift() ?? (await this.pull())
    if (chunk !== undefined) this.offset += chunk.length
    return chunk
  }

  /** Gives bytes back, the last that were taken. */
  unread(chunk: Buffer): void {
    if (chunk.length === 0) return
    this.offset -= chunk.length
    this.held.unshift(chunk)
  }

  /** Looks at the next bytes, fewer only at the end or before a failure; they are taken in the chunks they came in. */
  async peek(length: number): Promise<Buffer> {
    let size = this.held.reduce((sum, part) => sum + part.length, 0)
    while (size < length) {
      const chunk = await this.pullAhead()
      if (chunk === undefined) break
      this.held.push(chunk)
      size += chunk.length
    }
    const first = this.held[0]
    if (first !== undefined && first.length >= length) return first.subarray(0, length)
    return Buffer.concat(this.held).subarray(0, length)
  }

  /** Takes exactly so many bytes, fewer only at the end. */
  async take(length: number): Promise<Buffer> {
    const taken = await this.peek(length)
    for (let left = taken.length; left > 0; ) {
      const chunk = await this.next()
      if (chunk === undefined) break
      this.unread(chunk.subarray(left))
      left -= Math.min(left, chunk.length)
    }
    return taken
  }

  async close(): Promise<void> {
    await this.source.return?.()
  }

  private async pullAhead(): Promise<Buffer | undefined> {
    try {
      return await this.pull()
    } catch (error) {
      this.failure = { error }
      return undefined
    }
  }

  private async pull(): Promise<Buffer | undefined> {
    if (this.failure !== undefined) throw this.failure.error
    for (;;) {
      const next = await this.source.next()
      if (next.done === true) return undefined
      if (next.value.length > 0) return next.value
    }
  }
}

/** Gives all that is left of a queue, and closes its source when left early. */
export async function* drain(queue: ByteQueue): AsyncGenerator<Buffer> {
  for (;;) {
    const chunk = await queue.next()
    if (chunk === undefined) return
    yield chunk
  }
}
