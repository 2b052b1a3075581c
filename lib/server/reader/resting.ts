import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Hold, ReadFile } from './hold'
import { needsLargeShare, STREAMS, UnpackTurn } from './unpack/unpack-turns'

/** Less is held on while nobody reads. */
const LITTLE_BYTES = 128 * 1024
/** Going back to a place may take one part in so many of the time. */
const WORK_SHARE = 4

/**
 * Goes through what `begin` gives, which goes on behind the last value that was given before; `hold` is to be told what that
 * takes. A reading that rests ends it while nobody asks for more, having told `onRest`, and begins it anew afterwards.
 */
export type Resting = <T>(
  begin: (hold: Hold) => AsyncGenerator<T, void>,
  onRest?: () => Promise<void> | void,
) => AsyncGenerator<T, void>

/** For a reading that never rests. */
export const restless =
  (hold: Hold): Resting =>
  (begin) =>
    begin(hold)

interface Rests {
  file: ReadFile
  /** How long nobody asks for more before the reading rests. */
  afterMs: number
  /** Whether few may be awake at a time, whatever they hold. */
  inTurn: boolean
}

/**
 * For a reading whose reader may stand still: what holds much is let go then. Of those who hold most, few are awake at a time
 * in a process: they rest as well when others have waited for a while.
 */
export const restingWhileUnread = (rests: Rests): Resting => {
  const share = new SharedTurn(rests.file)
  return async function* goThrough<T>(
    begin: (hold: Hold) => AsyncGenerator<T, void>,
    onRest: () => Promise<void> | void = () => undefined,
  ): AsyncGenerator<T, void> {
    const { file, afterMs } = rests
    let costMs = 0
    let awakeAtMs = Number.NEGATIVE_INFINITY
    for (let isFirst = true; ; isFirst = false) {
      // Who stands still again and again waits for it, and nobody else does.
      await pauseUntil(awakeAtMs + WORK_SHARE * costMs, file)
      const wake = new Wake(rests, share)
      await wake.begin()
      const values = begin((bytes) => wake.hold(bytes))
      const end = async () => {
        try {
          await values.return()
        } finally {
          wake.end()
        }
      }
      const rest = async () => {
        try {
          await end()
        } finally {
          await onRest()
        }
      }
      try {
        for (let isBehind = true; ; isBehind = false) {
          const next = await values.next()
          if (isBehind) {
            awakeAtMs = performance.now()
            costMs = isFirst ? 0 : wake.workedMs
          }
          if (next.done === true) return
          const nap = wake.holdsMuch ? new Nap(afterMs, rest) : undefined
          try {
            yield next.value
          } finally {
            await nap?.end()
          }
          if (nap?.isAsleep) break
          const turnMs = Math.max(afterMs, WORK_SHARE * costMs)
          if (wake.isWanted && performance.now() - awakeAtMs >= turnMs) {
            await rest()
            break
          }
        }
      } finally {
        await end()
      }
    }
  }
}

/** Ends a reading unless it is asked for more in time. */
class Nap {
  private asleep: Promise<void> | undefined
  private readonly timer: NodeJS.Timeout

  constructor(afterMs: number, end: () => Promise<void>) {
    this.timer = setTimeout(() => {
      // Nobody waits for it now; what cannot be ended is met when it is read again.
      this.asleep = end().catch(() => undefined)
    }, afterMs).unref()
  }

  get isAsleep(): boolean {
    return this.asleep !== undefined
  }

  async end(): Promise<void> {
    clearTimeout(this.timer)
    await this.asleep
  }
}

/**
 * The turn of one reading, which may go through several things at a time, as the directory of an archive and a file in it: who
 * has it must not wait until the other, which goes on only afterwards, gives it back.
 */
class SharedTurn {
  private turn: UnpackTurn | undefined
  private readonly users = new Set<Wake>()

  constructor(private readonly file: ReadFile) {}

  takenBy(wake: Wake): UnpackTurn {
    this.users.add(wake)
    this.turn ??= new UnpackTurn(this.file, STREAMS)
    return this.turn
  }

  /** Whether others wait for what this one has. */
  isWantedOf(wake: Wake): boolean {
    return this.users.has(wake) && this.turn?.isWanted === true
  }

  leave(wake: Wake): void {
    this.users.delete(wake)
    if (this.users.size > 0) return
    this.turn?.end()
    this.turn = undefined
  }
}

/** From one rest to the next. */
class Wake {
  private heldBytes = 0
  private readonly beganMs = performance.now()
  private waitedMs = 0

  constructor(
    private readonly rests: Rests,
    private readonly share: SharedTurn,
  ) {}

  /** Time since it began in which it did not wait for others. */
  get workedMs(): number {
    return performance.now() - this.beganMs - this.waitedMs
  }

  get holdsMuch(): boolean {
    return this.rests.inTurn || this.heldBytes > LITTLE_BYTES
  }

  get isWanted(): boolean {
    return this.share.isWantedOf(this)
  }

  async begin(): Promise<void> {
    if (this.rests.inTurn) await this.wait(this.share.takenBy(this).begin())
  }

  async hold(bytes: number): Promise<void> {
    this.heldBytes = Math.max(this.heldBytes, bytes)
    if (needsLargeShare(bytes)) await this.wait(this.share.takenBy(this).hold(bytes))
  }

  end(): void {
    this.share.leave(this)
  }

  private async wait(turn: Promise<void>): Promise<void> {
    const fromMs = performance.now()
    await turn
    this.waitedMs += performance.now() - fromMs
  }
}

async function pauseUntil(atMs: number, { until, holdOn }: Rests['file']): Promise<void> {
  const leftMs = atMs - performance.now()
  if (leftMs <= 0) return
  await sleep(leftMs, undefined, { signal: until }).catch(() => holdOn())
}
