import 'server-only'

/** How often is looked within the time that a reader may take nothing. */
const LOOKS = 4

interface WatchOptions {
  idleMs: number
  /** Bytes on their way to the reader, as the system counts them; undefined where it does not. */
  countUnsent: () => Promise<number | undefined>
  /** Is told once that nothing was taken for `idleMs`. */
  onIdle: () => void
}

/**
 * Watches whether a reader takes anything of what it was given. That the next piece is asked for says so, but may take long
 * to come: the system holds megabytes for a reader, so that who takes little would pass for one who takes nothing.
 */
export class ReaderWatch {
  private timer: NodeJS.Timeout | undefined
  private tookAt = 0
  private unsent: number | undefined

  constructor(private readonly options: WatchOptions) {}

  /** Something was given; who asks for more has taken it. */
  begin(): void {
    this.stop()
    this.tookAt = performance.now()
    this.unsent = undefined
    this.lookLater()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private lookLater(): void {
    const timer = setTimeout(() => this.look(timer), this.options.idleMs / LOOKS).unref()
    this.timer = timer
  }

  private async look(timer: NodeJS.Timeout): Promise<void> {
    const { idleMs, countUnsent, onIdle } = this.options
    const unsent = await countUnsent()
    if (this.timer !== timer) return
    // More of it can only be there when the reader made room.
    if (this.unsent !== undefined && unsent !== this.unsent) this.tookAt = performance.now()
    this.unsent = unsent
    if (performance.now() - this.tookAt < idleMs) this.lookLater()
    else onIdle()
  }
}
