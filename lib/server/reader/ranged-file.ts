import 'server-only'

/** A file of which any part can be read; its bytes count against the limits of the reading it belongs to. */
export interface RangedFile {
  path: string
  sizeBytes: number
  /**
   * Reads from `start` up to `end`, exclusive, behind `before` if given; fewer bytes only where the file ends. What it gives
   * belongs to who asked, who may free it.
   */
  read(start: number, end: number, before?: Buffer): Promise<Buffer>
}
