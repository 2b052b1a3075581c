import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface SyntheticStore {
  endpoint: string
  bucket: string
  keys: number
  stop(): void
}

/** The store of generated keys in a process of its own, so that its memory and time are not ours. */
export async function startSyntheticStore(keys = 1_000_000): Promise<SyntheticStore> {
  const child = spawn(process.execPath, ['bench/synthetic-listing.mjs', String(keys)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    return { ...(JSON.parse(line) as Omit<SyntheticStore, 'stop'>), stop: () => child.kill('SIGTERM') }
  }
  throw new Error('the synthetic store did not start')
}
