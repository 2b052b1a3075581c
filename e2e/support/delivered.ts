import { gunzipSync } from 'node:zlib'
import { expect } from '@playwright/test'
import type { Behind } from './behind'

export interface DeliveredLine {
  /** Key in the platform's bucket. */
  key: string
  line: string
}

/** Waits until a line that holds `text` stands in an object whose key matches, read with a bare S3 client. */
export async function untilDelivered({ objects, read }: Behind, text: string, where: RegExp) {
  const seen = new Set<string>()
  let found: DeliveredLine | undefined
  const look = async () => {
    for (const key of (await objects()).keys()) {
      if (seen.has(key) || !where.test(key)) continue
      seen.add(key)
      const lines = gunzipSync(await read(key))
        .toString('utf8')
        .split('\n')
      const line = lines.find((one) => one.includes(text))
      if (line) found = { key, line }
    }
    return found
  }
  await expect.poll(look, { timeout: 90_000, intervals: [500] }).toBeTruthy()
  return found as DeliveredLine
}

/** All lines of an object. */
export const linesOf = async ({ read }: Behind, key: string): Promise<string[]> =>
  gunzipSync(await read(key))
    .toString('utf8')
    .split('\n')
