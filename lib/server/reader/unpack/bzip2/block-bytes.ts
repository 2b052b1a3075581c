import 'server-only'

const CHUNK_BYTES = 64 * 1024
/** After so many equal bytes stands how often the byte is repeated. */
const RUN_BYTES = 4

/** Joins each sorted rotation to the one that follows it: the place of the next byte is put above each byte. */
export function linkRotations(rotations: Uint32Array, count: number): void {
  const next = new Uint32Array(257)
  for (let index = 0; index < count; index++) {
    const above = ((rotations[index] as number) & 0xff) + 1
    next[above] = (next[above] as number) + 1
  }
  for (let value = 1; value < 256; value++)
    next[value] = (next[value] as number) + (next[value - 1] as number)
  for (let index = 0; index < count; index++) {
    const value = (rotations[index] as number) & 0xff
    const place = next[value] as number
    next[value] = place + 1
    rotations[place] = (rotations[place] as number) | (index << 8)
  }
}

/** Gives the bytes of a block in chunks: a block may become 50 times as large as it is held. */
export function* blockBytes(rotations: Uint32Array, count: number, origin: number): Generator<Buffer> {
  let link = (rotations[origin] as number) >>> 8
  let last = -1
  let run = 0
  let chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  let filled = 0
  for (let index = 0; index < count; index++) {
    const entry = rotations[link] as number
    const value = entry & 0xff
    link = entry >>> 8
    if (run === RUN_BYTES) {
      run = 0
      if (filled + value > CHUNK_BYTES) {
        yield chunk.subarray(0, filled)
        chunk = Buffer.allocUnsafe(CHUNK_BYTES)
        filled = 0
      }
      chunk.fill(last, filled, filled + value)
      filled += value
      continue
    }
    if (filled === CHUNK_BYTES) {
      yield chunk
      chunk = Buffer.allocUnsafe(CHUNK_BYTES)
      filled = 0
    }
    run = value === last ? run + 1 : 1
    last = value
    chunk[filled++] = value
  }
  if (filled > 0) yield chunk.subarray(0, filled)
}
