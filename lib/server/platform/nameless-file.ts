import 'server-only'
import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises'
import path from 'node:path'
import { config } from './config'

/** Where files stand for the moment in which they have a name. */
export const folderOfStreams = (): string => path.join(config().home, 'streams')

/** Opens a file for what a stream need not hold in memory: it is gone with its handle, however that goes. */
export async function openNamelessFile(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = path.join(folder, randomUUID())
  const file = await open(name, 'wx+', 0o600)
  await unlink(name)
  return file
}
