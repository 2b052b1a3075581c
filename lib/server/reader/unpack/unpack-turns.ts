import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { ReadFile } from '../hold'
import { Turns } from '../turns'

/** Readings of Parquet that may hold unpacked pages at once in this process, and of what size before they need a larger share. */
const AT_ONCE = 2
const FIRST_SHARE_BYTES = 16 * 1024 * 1024

/** Shares of memory that readings of a kind have in turn. Who has the large one waits for nothing else, so that nobody waits in vain. */
export interface UnpackShares {
  first: Turns
  large: Turns
}

const PREVIEWS: UnpackShares = { first: new Turns(AT_ONCE), large: new Turns(1) }

/** Of their own, as they may have theirs for seconds. */
export const STREAMS: UnpackShares = { first: new Turns(AT_ONCE), large: new Turns(1) }

/** Whether so much is held only by one at a time. */
export const needsLargeShare = (bytes: number): boolean => bytes > FIRST_SHARE_BYTES

/** The share of memory that one reading has of its process, taken before it unpacks and given back with `end`. */
export class UnpackTurn {
  private readonly ends: (() => void)[] = []
  private first: Promise<void> | undefined
  private hasFirst = false
  private larger: Promise<void> | undefined
  private ended = false

  constructor(
    private readonly file: ReadFile,
    private readonly shares: UnpackShares = PREVIEWS,
  ) {}

  /** Whether others wait for what this one has. */
  get isWanted(): boolean {
    const { first, large } = this.shares
    return (this.hasFirst && first.isWanted) || (this.larger !== undefined && large.isWanted)
  }

  /** Waits until one of the readings before has ended; throws a `Failure` when this one has to end meanwhile. */
  async begin(): Promise<void> {
    this.first ??= this.take(this.shares.first)
    await this.first
    this.hasFirst = true
  }

  /** Waits for the larger share where so much needs it. */
  async hold(bytes: number): Promise<void> {
    if (!needsLargeShare(bytes)) return
    this.larger ??= this.take(this.shares.large)
    await this.larger
  }

  end(): void {
    this.ended = true
    for (const end of this.ends.splice(0)) end()
  }

  private async take(turns: Turns): Promise<void> {
    let end: () => void
    try {
      end = await turns.take(this.file.until)
    } catch {
      throw this.waitedTooLong()
    }
    if (this.ended) end()
    else this.ends.push(end)
  }

  private waitedTooLong(): unknown {
    try {
      this.file.holdOn()
    } catch (error) {
      if (!(error instanceof Failure) || error.details.reason !== 'deadline') return error
      const message =
        'Other files are being unpacked, and this one had to wait longer than it may take to read'
      return new Failure(error.kind, message, { ...error.details, remedy: 'Try again in a moment.' })
    }
    return new Failure('unavailable', 'The reading was ended', { where: this.file.path })
  }
}
