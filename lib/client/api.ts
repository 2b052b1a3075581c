import type { z } from 'zod'
import type { Problem } from '#lib/domain/problem'

/** A refused or failed request, with all that a page shows of it. */
export class ApiError extends Error {
  override name = 'ApiError'
  constructor(readonly problem: Problem) {
    super(problem.detail)
  }
  get status() {
    return this.problem.status
  }
  get reason() {
    return this.problem.details.reason
  }
}

interface Json {
  parse: (text: string) => unknown
  print: (value: unknown) => string
}

interface Options {
  body?: unknown
  query?: Record<string, string | number | boolean | undefined>
  signal?: AbortSignal
  /** How values become texts and the other way round, where JavaScript's own way would lose some: `exactJson`. */
  json?: Json
  /** Goes out even while the page is being left, unless its body is too large for that. */
  keepalive?: boolean
}

/** Browsers refuse keepalive bodies over 64 KiB; a character may take more than a byte. */
const KEEPALIVE_CHARS = 20_000

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Calls our own API and checks the answer against its schema; without a schema the answer has no body. */
export async function call<S extends z.ZodType>(
  method: Method,
  path: string,
  schema: S,
  options?: Options,
): Promise<z.output<S>>
export async function call(method: Method, path: string, schema: null, options?: Options): Promise<void>
export async function call(
  method: Method,
  path: string,
  schema: z.ZodType | null,
  options: Options = {},
): Promise<unknown> {
  const response = await send(method, path, options)
  if (!response.ok) throw new ApiError(await readProblem(response))
  return schema ? schema.parse(await readJson(response, options)) : undefined
}

/** Reads a file that our API makes, to be kept by the browser. */
export async function callFile(path: string, options: Pick<Options, 'query' | 'signal'> = {}): Promise<Blob> {
  const response = await send('GET', path, options)
  if (!response.ok) throw new ApiError(await readProblem(response))
  return response.blob()
}

async function send(
  method: Method,
  path: string,
  { body, query, signal, keepalive, json }: Options,
): Promise<Response> {
  const text = body === undefined ? undefined : (json?.print ?? JSON.stringify)(body)
  try {
    return await fetch(withQuery(path, query), {
      method,
      ...(text === undefined ? {} : { body: text, headers: { 'content-type': 'application/json' } }),
      ...(signal ? { signal } : {}),
      ...(keepalive && (text?.length ?? 0) < KEEPALIVE_CHARS ? { keepalive } : {}),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(unreachable())
  }
}

function withQuery(path: string, query: Options['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`
}

/** An answer that breaks off half-way, or is a page of a proxy, is no answer. */
async function readJson(response: Response, { signal, json }: Options): Promise<unknown> {
  try {
    return await (json ? json.parse(await response.text()) : response.json())
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(unreachable())
  }
}

async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null)
  // The check comes with the first answer that needs it: the frame of every page begins without it.
  const check = await import('#lib/domain/problem').catch(() => null)
  const parsed = check?.problem.safeParse(body)
  if (parsed?.success) return parsed.data
  return {
    ...unreachable(),
    status: response.status,
    detail: `Launchpad answered ${response.status} without a reason.`,
    requestId: response.headers.get('x-request-id') ?? '',
    // A proxy's own page, for one.
    details: { remedy: 'Something on the way may have answered in its place. Try again.' },
  }
}

const unreachable = (): Problem => ({
  type: 'about:blank',
  title: 'No answer',
  status: 503,
  code: 'unavailable',
  detail: 'Launchpad does not answer.',
  requestId: '',
  details: { reason: 'no-answer', remedy: 'Check your network, then try again.' },
})
