/** What one call sends besides method and path. */
interface Sent {
  params?: Record<string, string>
  body?: unknown
}

/** An error as the client shows it: `errorType: detailedMessage`. */
export interface DssError {
  status: number
  errorType: string
  message: string
  detailedMessage: string
}

/**
 * Sends requests as Dataiku's Python client does: the key as user name of Basic without a password, JSON without a content
 * type, paths with their trailing slash; a redirect is a failure.
 */
export function createDssClient(origin: string, key: string, base = '/dip/publicapi') {
  async function send(method: string, path: string, { params = {}, body }: Sent = {}): Promise<Response> {
    const url = new URL(`${base}${path}`, origin)
    for (const [name, value] of Object.entries(params)) url.searchParams.append(name, value)
    return fetch(url, {
      method,
      redirect: 'error',
      headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
      // Bytes carry no content type of their own.
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
    })
  }

  async function succeed(method: string, path: string, sent?: Sent): Promise<Response> {
    const answer = await send(method, path, sent)
    if (answer.status < 400) return answer
    throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  }

  return {
    /** The answer as JSON, whose shape the caller checks. */
    json: async (method: string, path: string, sent?: Sent) =>
      JSON.parse(await (await succeed(method, path, sent)).text()),
    text: async (method: string, path: string, sent?: Sent) => (await succeed(method, path, sent)).text(),
    /** The client ignores the body. */
    empty: async (method: string, path: string, sent?: Sent) =>
      void (await succeed(method, path, sent)).arrayBuffer(),
    /** What is refused. */
    refused: async (method: string, path: string, sent?: Sent): Promise<DssError> => {
      const answer = await send(method, path, sent)
      if (answer.status < 400) throw new Error(`${method} ${path}: ${answer.status} was let through`)
      return { status: answer.status, ...(await answer.json()) }
    },
  }
}

export type DssClient = ReturnType<typeof createDssClient>
