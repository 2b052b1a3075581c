import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pidOfWeb } from './web-memory'

/** For the environment of a copy whose web is looked into: its debugger takes any free port when it is asked for. */
export const DEBUGGER_ON_ANY_PORT = { NODE_OPTIONS: '--inspect-port=0' }

const LISTENING = /Debugger listening on (ws:\S+)/g
const OPENS_WITHIN_MS = 10_000

/**
 * Bytes that web of a copy holds, in its heap and beside it, once what nobody needs is collected: what is resident says as much
 * of when that was done last, and of pages that are half free.
 */
export async function heldBytesOfWeb(home: string): Promise<number> {
  const socket = new WebSocket(await openDebugger(home))
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error('the debugger of web cannot be reached'))
  })
  try {
    // What was freed may be finished, and free more, in the next turn only.
    for (let turn = 0; turn < 3; turn++) await ask(socket, 'HeapProfiler.collectGarbage', {})
    const expression = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())'
    const { result } = await ask(socket, 'Runtime.evaluate', { expression })
    return Number(result?.value)
  } finally {
    socket.close()
  }
}

interface Answer {
  result?: { value?: unknown }
}

function ask(socket: WebSocket, method: string, params: object): Promise<Answer> {
  return new Promise((resolve) => {
    socket.onmessage = ({ data }) => resolve((JSON.parse(String(data)) as { result: Answer }).result)
    socket.send(JSON.stringify({ id: 1, method, params }))
  })
}

/** Asks web for its debugger, which says in its log where it is. */
async function openDebugger(home: string): Promise<string> {
  process.kill(pidOfWeb(home), 'SIGUSR1')
  const logs = path.join(home, 'logs')
  for (const until = Date.now() + OPENS_WITHIN_MS; Date.now() < until; await sleep(100)) {
    for (const name of readdirSync(logs)) {
      const address = [...readFileSync(path.join(logs, name), 'utf8').matchAll(LISTENING)].at(-1)?.[1]
      if (address !== undefined) return address
    }
  }
  throw new Error('web opened no debugger')
}
