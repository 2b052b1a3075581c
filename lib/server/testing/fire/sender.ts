import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EventStream } from '#lib/domain/audit/vocabulary'

export interface Acknowledged {
  /** By sender, in the order of acknowledgement: the outside list. */
  ids: Map<string, string[]>
  refusals: number
}

export interface SenderOptions {
  name: string
  token: string
  stream: EventStream
  batches: number
  events: number
  pauseMs: number
  /** Where the intake listens at the moment. */
  port: () => number
}

/** A node: sends batch after batch, each again until it is acknowledged, and keeps its own list of what was. */
export async function sendAll(options: SenderOptions, acknowledged: Acknowledged): Promise<void> {
  const { name, batches, events, pauseMs } = options
  const own: string[] = []
  acknowledged.ids.set(name, own)
  for (let batch = 0; batch < batches; batch++) {
    const ids = Array.from({ length: events }, (_, index) => `${name}-${batch * events + index}`)
    while (!(await trySend(options, ids))) {
      acknowledged.refusals += 1
      await sleep(100)
    }
    own.push(...ids)
    await sleep(pauseMs)
  }
}

async function trySend({ name, token, stream, port }: SenderOptions, ids: string[]): Promise<boolean> {
  const topic = stream === 'apinode' ? 'apinode-query' : 'generic'
  const lines = ids.map((eventId) =>
    JSON.stringify({ topic, message: { msgType: 'fire', eventId, sender: name } }),
  )
  try {
    const answer = await fetch(`http://127.0.0.1:${port()}/api/event-server/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: lines.join('\n'),
      signal: AbortSignal.timeout(5_000),
    })
    await answer.arrayBuffer()
    if (answer.ok || answer.status === 503) return answer.ok
    throw new TypeError(`the intake answered ${answer.status}`)
  } catch (error) {
    // A killed intake: the connection is refused, reset, or silent.
    if (error instanceof TypeError && !error.message.startsWith('the intake')) return false
    if (error instanceof DOMException) return false
    throw error
  }
}
