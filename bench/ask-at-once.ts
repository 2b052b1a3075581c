import { get } from 'node:http'
import type { Launchpad } from '../e2e/support/launchpad'
import { processorMsOfWeb } from '../e2e/support/web-memory'
import { median, ms, percentile, time } from './measure'
import type { Row } from './row'

const REQUESTS_AT_ONCE = 200
const BURSTS = 9
const MAXIMUM_P99_MS = 500

/** Many requests at once, each on a connection of its own as of so many scripts, several times after one another. */
export async function askAtOnce(launchpad: Launchpad, path: string): Promise<Row> {
  const ask = () => askAnew(launchpad, path)
  await time(20, ask)
  const bursts: number[][] = []
  const processor: number[] = []
  for (let burst = 0; burst < BURSTS; burst++) {
    const before = processorMsOfWeb(launchpad.home)
    const took = await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, () => time(1, ask)))
    processor.push((processorMsOfWeb(launchpad.home) - before) / REQUESTS_AT_ONCE)
    bursts.push(took.flat().toSorted((a, b) => a - b))
  }
  const sorted = (values: number[]) => values.toSorted((a, b) => a - b)
  const p99s = sorted(bursts.map((took) => percentile(took, 0.99)))
  const p99 = median(p99s)
  const half = median(sorted(bursts.map(median)))
  const each = median(sorted(processor)).toFixed(2)
  return {
    what: `${REQUESTS_AT_ONCE} requests at once on GET /projects/P/datasets/, p99, none refused, median of ${BURSTS} times`,
    figure: `${ms(p99)} (${ms(p99s[0] ?? 0)} to ${ms(p99s.at(-1) ?? 0)}; median ${ms(half)}; ${each} ms of a processor of web each)`,
    reference: '–',
    ratio: null,
    target: `≤ ${MAXIMUM_P99_MS} ms`,
    ok: p99 <= MAXIMUM_P99_MS,
  }
}

/** Reads an answer over a new connection. `fetch` would keep those of the time before. */
function askAnew(launchpad: Launchpad, path: string): Promise<void> {
  const { apiKey } = launchpad.demo().admin
  const headers = { authorization: `Bearer ${apiKey}` }
  return new Promise((resolve, reject) => {
    const request = get(new URL(path, launchpad.url), { agent: false, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${path} answered ${response.statusCode}`))
      response.on('end', resolve).on('error', reject).resume()
    })
    request.on('error', reject)
  })
}
