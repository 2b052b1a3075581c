const FIRST_MS = 1_000
/** No failed delivery waits longer for its next try. */
export const LONGEST_WAIT_MS = 60_000

/**
 * How long to wait before trying a delivery again: doubles from 1 s to 60 s, shortened by up to half at random so that
 * workers do not try in step.
 * @param attempts how many have failed, from 1
 * @param random in [0, 1)
 */
export function backoffMs(attempts: number, random: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 10))
  return Math.round(full * (1 - random / 2))
}
