import 'server-only'

/** Is told what will be held before it is; waits, or throws, where that is too much for one process. */
export type Hold = (bytes: number) => Promise<void>

/** For a reading that waits for no other. */
export const holdFreely: Hold = async () => undefined

/** A file that is being read, for those who wait on its behalf. */
export interface ReadFile {
  readonly path: string
  /** Aborted when the reading has to end. */
  readonly until: AbortSignal
  /** Throws when the reading has to end. */
  holdOn(): void
}
