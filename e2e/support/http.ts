import { once } from 'node:events'
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'

/** A cookie, a key or nothing: how a request says who sends it. */
export interface Credential {
  cookie?: string
  token?: string
}

export interface Sent {
  method: string
  path: string
  query?: Record<string, string> | undefined
  /** The request line's own address, where `path` would be tidied up. */
  target?: string
  /** JSON unless it is text. */
  body?: unknown
  as?: Credential
  headers?: Record<string, string>
  /** When the answer has to be there, whole. */
  withinMs?: number
}

export interface Answered {
  status: number
  headers: IncomingHttpHeaders
  text: string
  json: () => Record<string, unknown>
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 })

/** Sends one request as it is, with any Host and Origin; what a browser would forbid is what is tried here. */
export function send(
  origin: string,
  { method, path, query, target, body, as = {}, headers = {}, withinMs }: Sent,
) {
  const url = new URL(path, origin)
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
  return new Promise<Answered>((resolve, reject) => {
    const outgoing = request(
      url,
      {
        agent,
        method,
        ...(withinMs === undefined ? {} : { signal: AbortSignal.timeout(withinMs) }),
        ...(target === undefined ? {} : { path: target }),
        headers: {
          ...(text === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
          ...(as.token ? { authorization: `Bearer ${as.token}` } : { origin }),
          ...(as.cookie ? { cookie: as.cookie } : {}),
          ...headers,
        },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const said = Buffer.concat(chunks).toString('utf8')
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: said,
            json: () => (said === '' ? {} : JSON.parse(said)),
          })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(text)
  })
}

/** Sends these lines byte by byte as they are, also what is no HTTP, and gives the whole answer. */
export async function sendLines(origin: string, lines: string[]): Promise<string> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  socket.write(`${[...lines, 'connection: close'].join('\r\n')}\r\n\r\n`, 'latin1')
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  await once(socket, 'close')
  return text
}

/** As `send`, for what a test sets up: anything but success is an error that says why. */
export async function succeed(origin: string, sent: Sent): Promise<Answered> {
  const answer = await send(origin, sent)
  if (answer.status < 300) return answer
  throw new Error(`${sent.method} ${sent.path}: ${answer.status} ${answer.text}`)
}

/** Signs in without a browser. */
export async function signInByHttp(
  origin: string,
  { login, password }: { login: string; password: string },
): Promise<Credential> {
  return cookieOf(await succeed(origin, { method: 'POST', path: '/api/session', body: { login, password } }))
}

/** The cookies that an answer sets, as the next request sends them back. */
export const cookieOf = ({ headers }: Answered): Credential => ({
  cookie: (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]).join('; '),
})
