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

const SOLE = Symbol('sole')

/** Says of bytes that whoever reads them has all that there is of their memory, or had it before. */
export function markSole(bytes: Buffer): void {
  Object.assign(bytes, { [SOLE]: true })
}

/** Whether bytes are the last that stand in their memory, and nobody else writes there. A part of such bytes is not. */
export const isSole = (bytes: Buffer): boolean => SOLE in bytes

/**
 * Gives the memory of such bytes back at once. In a stream V8 would do so when what it counts has grown by some tens of
 * megabytes, and then look through all that it holds: many times for each gigabyte.
 */
export function freeSole(bytes: Buffer): void {
  if (isSole(bytes) && bytes.buffer instanceof ArrayBuffer) bytes.buffer.transfer(0)
}
