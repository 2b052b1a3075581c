import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface LoopbackProcess {
  endpoint: string
  bucket: string
  stop(): void
}

export interface SyntheticStore extends LoopbackProcess {
  keys: number
}

/** The store of generated keys in a process of its own, so that its memory and time are not ours. */
export const startSyntheticStore = (keys = 1_000_000): Promise<SyntheticStore> =>
  startStore<SyntheticStore>('bench/synthetic-listing.mjs', String(keys))

/** The store of generated objects in a process of its own. */
export const startObjectStore = (): Promise<LoopbackProcess> => startStore('bench/synthetic-objects.mjs')

async function startStore<Store extends LoopbackProcess>(program: string, ...args: string[]): Promise<Store> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    return { ...JSON.parse(line), stop: () => child.kill('SIGTERM') } as Store
  }
  throw new Error(`${program} did not start`)
}
