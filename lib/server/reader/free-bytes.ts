import 'server-only'

/** Less is not worth it: V8 frees small pieces by the thousand, and parts of Node's own pool are never this long. */
export const LARGE_BYTES = 1024 * 1024

/**
 * Gives the memory of large bytes back at once. V8 does so when it next looks through its old generation, and by then many
 * times as much may have been unpacked. Only for bytes that nobody else has: all that was cut from the same memory is empty
 * from then on.
 */
export function freeBytes(bytes: Buffer): void {
  const { buffer } = bytes
  if (bytes.length >= LARGE_BYTES && buffer instanceof ArrayBuffer) buffer.transfer(0)
}
