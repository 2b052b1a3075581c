import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

export interface Hostile {
  /** `http://127.0.0.1:40123` */
  endpoint: string
  close: () => Promise<void>
}

const html = '<!doctype html><title>Login</title><p>Welcome to the router</p>'
const answer = (head: string, body: string) =>
  `HTTP/1.1 ${head}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`

/** What an endpoint that is no S3 store may do with a request. */
export const MISBEHAVIOURS = {
  hangs: () => {},
  resets: (socket: Socket) => {
    socket.resetAndDestroy()
  },
  'answers HTML': (socket: Socket) => {
    socket.end(answer('200 OK\r\ncontent-type: text/html', html))
  },
  'redirects to the metadata address': (socket: Socket) => {
    socket.end(answer('307 Temporary Redirect\r\nlocation: http://169.254.169.254/latest/meta-data/', ''))
  },
} satisfies Record<string, (socket: Socket) => void>

export type Misbehaviour = keyof typeof MISBEHAVIOURS

/** Starts an endpoint on a free loopback port that misbehaves once it has read a request. */
export async function startHostile(kind: Misbehaviour): Promise<Hostile> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    socket.once('data', () => MISBEHAVIOURS[kind](socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
