import 'server-only'

/** Where a process can be made to die: between two steps that must not depend on each other's luck. */
export const CRASH_POINTS = ['received', 'stored', 'claimed', 'sealed', 'written', 'confirmed'] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

/** Tests only: ends the process at once, as `kill -9` would, at the point named by `LAUNCHPAD_CRASH_AT`. */
export function crashPoint(point: CrashPoint): void {
  if (process.env.LAUNCHPAD_TESTING !== '1' || process.env.LAUNCHPAD_CRASH_AT !== point) return
  process.kill(process.pid, 'SIGKILL')
  // The signal may take a moment; nothing of the next step happens meanwhile.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
}
