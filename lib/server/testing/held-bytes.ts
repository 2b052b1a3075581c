import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')

/** Collects all garbage of this process. */
export const collectGarbage = runInNewContext('gc') as () => void

/** Bytes of this process that cannot be let go, in the heap and beside it. */
export async function countHeldBytes(): Promise<number> {
  // What was freed may be finished, and free more, in the next turn only.
  for (let turn = 0; turn < 5; turn++) {
    collectGarbage()
    await sleep(20)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
