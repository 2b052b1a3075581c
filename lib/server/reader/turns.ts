import 'server-only'

/** Lets so many in at once; the others wait in the order in which they came. */
export class Turns {
  private readonly waiting = new Set<() => void>()

  constructor(private left: number) {}

  /** Whether somebody waits to be let in. */
  get isWanted(): boolean {
    return this.waiting.size > 0
  }

  /** Gives what ends the turn; rejects when the signal comes first. */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted()
    if (this.left > 0) this.left--
    else await this.wait(signal)
    return () => this.end()
  }

  private wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        this.waiting.delete(start)
        reject(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      this.waiting.add(start)
    })
  }

  private end(): void {
    const [next] = this.waiting
    if (next === undefined) {
      this.left++
      return
    }
    this.waiting.delete(next)
    next()
  }
}
