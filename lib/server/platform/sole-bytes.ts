import 'server-only'

const SOLE = Symbol('sole')

/** Says of bytes that they are the last that stand in their memory, and that who reads them had all before. */
export function markSole(bytes: Buffer): void {
  Object.assign(bytes, { [SOLE]: true })
}

/** Whether that was said of bytes; a part of them is other bytes. */
export const isSole = (bytes: Buffer): boolean => SOLE in bytes

/**
 * Gives the memory of such bytes back at once. In a stream V8 would do so when what it counts has grown by some tens of
 * megabytes, and then look through all that it holds: many times for each gigabyte.
 */
export function freeSole(bytes: Buffer): void {
  if (isSole(bytes) && bytes.buffer instanceof ArrayBuffer) bytes.buffer.transfer(0)
}
