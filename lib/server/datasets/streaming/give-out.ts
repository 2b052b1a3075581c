import 'server-only'
import type { FileHandle } from 'node:fs/promises'
import { logger } from '../../platform/logger'
import { folderOfStreams, openNamelessFile } from '../../platform/nameless-file'

/** Pieces that may wait for a reader in memory. */
const MOST_WAITING = 2
const READ_BYTES = 192 * 1024

/**
 * Gives pieces out as they are taken. More than a reader should make us hold, which is a large record, are written to a file
 * first; `onHeld` is told when they are there, or are so few that they need not be. Where no file can be written, they wait in memory.
 */
export async function* giveOut(
  pieces: Buffer[],
  onHeld: () => void,
  folder: () => string = folderOfStreams,
): AsyncGenerator<Buffer, void> {
  const file = pieces.length > MOST_WAITING ? await setAside(pieces, folder) : undefined
  onHeld()
  if (file === undefined) {
    for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) yield piece
    return
  }
  try {
    for (let at = 0; ; ) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(READ_BYTES), 0, READ_BYTES, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** Writes pieces to a file without a name, which is gone with its handle, and lets go of them; undefined where that fails. */
async function setAside(pieces: Buffer[], folder: () => string): Promise<FileHandle | undefined> {
  let file: FileHandle | undefined
  try {
    file = await openNamelessFile(folder())
    for (const piece of pieces) await file.appendFile(piece)
    pieces.length = 0
    return file
  } catch (err) {
    logger.warn({ err }, 'a large record could not be set aside, and waits in memory')
    await file?.close()
    return undefined
  }
}
