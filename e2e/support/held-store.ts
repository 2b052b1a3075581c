import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'

export interface HeldStore {
  /** `http://127.0.0.1:40123` */
  endpoint: string
  /** From now on requests that this tells of wait. Returns what lets those go on that still do. */
  hold: (isHeld: (request: URL) => boolean) => () => void
  close: () => Promise<void>
}

/** A door before an object store, on a free loopback port, which holds some requests back: a store that is slow as long as one wants. */
export async function startHeldStore(endpoint: string): Promise<HeldStore> {
  let isHeld: (request: URL) => boolean = () => false
  const waiting = new Set<() => void>()
  const server: Server = createServer((incoming, outgoing) => {
    const pass = () => forward(endpoint, incoming, outgoing)
    if (isHeld(new URL(incoming.url ?? '/', endpoint))) waiting.add(pass)
    else pass()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const proceed = () => {
    isHeld = () => false
    for (const pass of waiting) pass()
    waiting.clear()
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    hold: (which) => {
      isHeld = which
      return proceed
    },
    close: async () => {
      proceed()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** The host stays the one that was signed. */
function forward(endpoint: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming
  const onward = request(new URL(url ?? '/', endpoint), { method: method ?? 'GET', headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  outgoing.on('close', () => onward.destroy())
  incoming.pipe(onward)
}
