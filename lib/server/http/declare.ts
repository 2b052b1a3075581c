import 'server-only'
import type * as z from 'zod'
import { printExactJson } from '#lib/domain/exact-json'
import { parseInput } from '../platform/parse-input'
import { problemResponse } from './problem'
import { readJsonBody, readQuery } from './read-input'
import { type PublicContext, publicContext } from './request-context'
import { answerText } from './whole-text'
import { writeJson } from './write-json'

export type Shape = z.ZodType | undefined
type Parsed<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined

/** What a route says of itself. OpenAPI and the authorization matrix are made from it. */
export interface Declaration<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends Shape = Shape,
  R extends Shape = Shape,
> {
  /** One sentence for the OpenAPI document. */
  summary: string
  params?: P
  query?: Q
  /** JSON body; left out when there is none. */
  body?: B
  /** What the body is in the OpenAPI document, where its verb reads it and says what is wrong by itself. */
  bodyAsTold?: z.ZodType
  /** Content types of a body that the verb reads itself, where it is not one JSON value: lines of events. */
  consumes?: readonly string[]
  /** Of the body as sent; 2 MiB unless told. */
  maxBodyBytes?: number
  /** Numbers and keys of the JSON come and go as they are written, also those that JavaScript cannot hold. */
  keepsJson?: boolean
  /** What is answered as JSON; left out when the answer has no body or is a stream. */
  result?: R
  /** Content types of an answer that is a text or a file: records, a sample, a log. */
  produces?: readonly string[]
  status?: 200 | 201 | 202 | 204
}

export interface Input<P extends Shape, Q extends Shape, B extends Shape> {
  params: Parsed<P>
  query: Parsed<Q>
  body: Parsed<B>
  request: Request
}

/** `user` needs a session or a key; `key` a key; `public` nobody; `node` a node's token, which the verb checks itself. */
export type Audience = 'user' | 'key' | 'public' | 'node'

export interface Handler {
  (
    request: Request,
    segment: { params: Promise<Record<string, string | string[] | undefined>> },
  ): Promise<Response>
  declaration: Declaration & { audience: Audience }
}

/** An answer with headers of its own: cookies of a sign-in, the type of a stream. */
export class Answer<T> {
  constructor(
    readonly value: T,
    readonly headers: Headers,
  ) {}
}

// biome-ignore lint/suspicious/noConfusingVoidType: a verb without an answer returns Promise<void>
type Value<R extends Shape> = R extends z.ZodType ? z.input<R> : void
export type Outcome<R extends Shape> = Value<R> | Answer<Value<R>> | Response

/** What web servers log of a caller that left; nobody is sent it. */
const CLIENT_CLOSED_REQUEST = 499

/** How the callers of a route read answers. */
interface Manner {
  /** Answers what went wrong. */
  refuse: (error: unknown, requestId: string) => Response
  /** Answers what is done and tells nothing. */
  done: (headers: Headers, status: number | undefined) => Response
}

const OUR_MANNER: Manner = {
  refuse: problemResponse,
  done: (headers, status = 204) => new Response(null, { status, headers }),
}

/**
 * Does what a route is for. `cookies` takes those that go with the answer whatever becomes of the act: a session is prolonged
 * before anyone knows.
 */
type Run<P extends Shape, Q extends Shape, B extends Shape, R extends Shape> = (
  request: Request,
  ctx: PublicContext,
  input: () => Promise<Input<P, Q, B>>,
  cookies: string[],
) => Promise<Outcome<R>>

/** Makes a handler of a declaration. */
export function declare<P extends Shape, Q extends Shape, B extends Shape, R extends Shape>(
  audience: Audience,
  declaration: Declaration<P, Q, B, R>,
  run: Run<P, Q, B, R>,
  manner: Manner = OUR_MANNER,
): Handler {
  const handler = async (request: Request, segment: Parameters<Handler>[1]) => {
    const ctx = publicContext(request)
    const cookies: string[] = []
    try {
      const outcome = await run(request, ctx, () => readInput(declaration, request, segment.params), cookies)
      const response = answer(declaration, outcome, manner)
      return withCookies(request.method === 'HEAD' ? await withoutBody(response) : response, cookies)
    } catch (error) {
      // Whoever left reads no answer, and what broke off for it is no defect.
      if (request.signal.aborted) return new Response(null, { status: CLIENT_CLOSED_REQUEST })
      return withCookies(manner.refuse(error, ctx.requestId), cookies)
    }
  }
  return Object.assign(handler, { declaration: { ...declaration, audience } })
}

/** Nobody reads a body that answers HEAD, and a stream that nobody reads never ends. */
async function withoutBody({ body, status, headers }: Response): Promise<Response> {
  await body?.cancel()
  return new Response(null, { status, headers })
}

/** A verb that sets cookies of its own ended or replaced the session: its word is the last. */
function withCookies(response: Response, cookies: string[]): Response {
  if (response.headers.getSetCookie().length > 0) return response
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

async function readInput<P extends Shape, Q extends Shape, B extends Shape>(
  declaration: Declaration<P, Q, B>,
  request: Request,
  params: Promise<unknown>,
): Promise<Input<P, Q, B>> {
  const { params: P, query: Q, body: B, maxBodyBytes, keepsJson } = declaration
  return {
    params: (P && parseInput(P, await params, 'path')) as Parsed<P>,
    query: (Q && parseInput(Q, readQuery(request.url), 'query')) as Parsed<Q>,
    body: (B && parseInput(B, await readJsonBody(request, { maxBodyBytes, keepsJson }), 'body')) as Parsed<B>,
    request,
  }
}

function answer(declaration: Declaration, outcome: unknown, manner: Manner): Response {
  if (outcome instanceof Response) return outcome
  const { value, headers } = outcome instanceof Answer ? outcome : new Answer(outcome, new Headers())
  headers.set('cache-control', 'no-store')
  if (!declaration.result) return manner.done(headers, declaration.status)
  const text = writeJson(declaration.result, value, declaration.keepsJson ? printExactJson : JSON.stringify)
  headers.set('content-type', 'application/json')
  return answerText(text, { status: declaration.status ?? 200, headers })
}
