import 'server-only'
import { Turns } from './turns'

/** A record of more UTF-16 units, or bytes, is read on only in turn. */
export const LARGE_RECORD = 128 * 1024

/** Readings of this process that may hold a large record at a time. */
const AT_ONCE = 2

/** How long a turn lasts: a store that drips must not hold up the records of others. */
const TURN_MS = 10_000

const turns = new Turns(AT_ONCE)

/**
 * The large record of one stream. A format that holds a record whole tells how much it holds of it; from `LARGE_RECORD` on that
 * waits until one of the few large records of this process was given on, which never waits for a reader.
 */
export class LargeRecords {
  private end: (() => void) | undefined
  private timer: NodeJS.Timeout | undefined
  private isWaiting = false

  /** `isHeld` is whether the record that is read, or was read last, is a large one that was not given on yet. */
  isHeld = false

  constructor(private readonly signal: AbortSignal) {}

  /** Tells how much is held of a record whose end has not come; 0 for none. @throws the signal's reason while it waits */
  async hold(size: number): Promise<void> {
    if (size <= LARGE_RECORD) this.letGo()
    else if (!this.isHeld) await this.begin()
  }

  /** The record was given on, or left out. */
  letGo(): void {
    this.isWaiting = false
    this.isHeld = false
    this.pass()
  }

  private async begin(): Promise<void> {
    this.isWaiting = true
    const end = await turns.take(this.signal)
    if (!this.isWaiting) {
      end()
      return
    }
    this.end = end
    this.isWaiting = false
    this.isHeld = true
    this.timer = setTimeout(() => this.pass(), TURN_MS).unref()
  }

  private pass(): void {
    clearTimeout(this.timer)
    this.end?.()
    this.end = undefined
  }
}
