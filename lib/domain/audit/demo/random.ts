/** Numbers in [0, 1) that follow from their seed alone (mulberry32), so that the same hour always has the same events. */
export function makeRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of some values, drawn evenly. */
export const pick = <T>(random: () => number, from: readonly [T, ...T[]]): T =>
  from[Math.floor(random() * from.length)] ?? from[0]

/** A UUIDv7 of an instant, with the rest drawn. */
export function drawId(atMs: number, random: () => number): string {
  const time = atMs.toString(16).padStart(12, '0')
  const draw = (digits: number) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0')
  const variant = '89ab'[Math.floor(random() * 4)]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${draw(3)}-${variant}${draw(3)}-${draw(6)}${draw(6)}`
}
