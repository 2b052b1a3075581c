import 'server-only'

/** Work that a worker repeats as long as it lives. */
export interface Loop {
  name: string
  everyMs: number
  run: (signal: AbortSignal) => Promise<void>
}
