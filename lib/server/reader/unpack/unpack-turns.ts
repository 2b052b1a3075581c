import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { PackedFile } from '../open-source'
import { Turns } from '../turns'

/** Readings of Parquet that may hold unpacked pages at once in this process, and of what size before they need a larger share. */
const AT_ONCE = 2
const FIRST_SHARE_BYTES = 16 * 1024 * 1024

const first = new Turns(AT_ONCE)
/** Who has this waits for nothing else, so that nobody waits in vain. */
const large = new Turns(1)

/** The share of memory that one reading has of its process, taken before it unpacks and given back with `end`. */
export class UnpackTurn {
  private readonly ends: (() => void)[] = []
  private larger: Promise<void> | undefined
  private ended = false

  constructor(private readonly file: PackedFile) {}

  /** Waits until one of the readings before has ended; throws a `Failure` when this one has to end meanwhile. */
  begin(): Promise<void> {
    return this.take(first)
  }

  /** Waits for the larger share where so much needs it. */
  async hold(bytes: number): Promise<void> {
    if (bytes <= FIRST_SHARE_BYTES) return
    this.larger ??= this.take(large)
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
