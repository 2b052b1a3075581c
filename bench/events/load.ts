import { randomUUIDv7 } from 'node:crypto'
import { Agent, request } from 'node:http'
import { percentile } from '../measure'

export const BATCH = 100
const AT_ONCE = 8

export interface Measured {
  eventsPerSecond: number
  p99Ms: number
}

/** Sends batch after batch over eight connections, each when the one before is acknowledged. */
export async function measure(port: number, token: string, durationMs: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const startedMs = performance.now()
  const took: number[] = []
  const sendUntilEnd = async () => {
    while (performance.now() - startedMs < durationMs) {
      const body = makeBody()
      const sentMs = performance.now()
      await post(agent, port, token, body)
      took.push(performance.now() - sentMs)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sendUntilEnd))
  agent.destroy()
  const seconds = (performance.now() - startedMs) / 1_000
  took.sort((a, b) => a - b)
  return { eventsPerSecond: (took.length * BATCH) / seconds, p99Ms: percentile(took, 0.99) }
}

/** Events as nodes send them, about 450 bytes each. */
const makeBody = (): string => Array.from({ length: BATCH }, makeLine).join('\n')

const makeLine = (): string =>
  JSON.stringify({
    severity: 'INFO',
    logger: 'dku.audit.generic',
    topic: 'generic',
    message: {
      msgType: 'dataset-read-data',
      eventId: randomUUIDv7(),
      authUser: 'designer.01',
      authSource: 'USER_FROM_UI',
      outcome: 'success',
      projectKey: 'CHURN',
      objectType: 'dataset',
      objectId: 'events_prepared',
      originAddress: '10.20.1.17',
    },
    mdc: { apiCall: '/api/datasets/read', user: 'designer.01' },
    callTime: 12,
    timestamp: '2026-11-22T14:05:02.441+0000',
  })

function post(agent: Agent, port: number, token: string, body: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const path = '/api/event-server/events'
    const sent = request({ agent, port, host: '127.0.0.1', method: 'POST', path, headers }, (answer) => {
      answer.resume()
      answer.once('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`the answer was ${answer.statusCode}`)),
      )
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
