import 'server-only'

/** How many files are read at the same time. */
export interface AtOnce {
  /** Shares that there are of all that may be read at once. */
  shares: number
  /** What a large file takes of them: so many of it are read at once, and no more. */
  mostOfOne: number
  /** A file takes a share for each so many bytes of its size; one of which the size is small takes one alone. */
  shareBytes: number
}

/**
 * Reads many small files at once and few large ones: a small file is mostly waited for, a large one is worked on and holds
 * memory. Files are begun in the order in which they were given, and none after one that failed.
 */
export class FilesAtOnce {
  private left: number
  private hasFailed = false
  private readonly waiting: { shares: number; start: () => void }[] = []

  constructor(private readonly limits: AtOnce) {
    this.left = limits.shares
  }

  /** Calls `work` for each file; what one throws is thrown at once, while those begun before may still run. */
  async forEach<F extends { sizeBytes: number }>(
    files: readonly F[],
    work: (file: F, place: number) => Promise<void>,
  ): Promise<void> {
    await Promise.all(files.map((file, place) => this.read(file.sizeBytes, () => work(file, place))))
  }

  private async read(sizeBytes: number, work: () => Promise<void>): Promise<void> {
    const { mostOfOne, shareBytes } = this.limits
    const shares = Math.min(mostOfOne, Math.max(1, Math.ceil(sizeBytes / shareBytes)))
    await this.take(shares)
    try {
      if (!this.hasFailed) await work()
    } catch (error) {
      this.hasFailed = true
      throw error
    } finally {
      this.left += shares
      this.startNext()
    }
  }

  /** In turn: a large file is not passed by small ones for ever. */
  private take(shares: number): Promise<void> {
    return new Promise((start) => {
      this.waiting.push({ shares, start })
      this.startNext()
    })
  }

  private startNext(): void {
    for (let next = this.waiting[0]; next && next.shares <= this.left; next = this.waiting[0]) {
      this.waiting.shift()
      this.left -= next.shares
      next.start()
    }
  }
}
