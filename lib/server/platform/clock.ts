import 'server-only'

let offsetMs = 0

/** The present instant. Everything that decides by time asks here, so that tests can move it. */
export const now = (): Date => new Date(Date.now() + offsetMs)

/** Tests only: moves the clock by so many milliseconds from the real time. */
export function moveClock(ms: number): void {
  offsetMs = ms
}
