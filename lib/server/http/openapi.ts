import 'server-only'
import * as z from 'zod'
import {
  createDocument,
  type ZodOpenApiContentObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi'
import { problem } from '#lib/domain/problem'
import type { Handler } from './declare'

export type Declared = Handler['declaration']

/** A route as the build finds it: `{ path: "/api/jobs/{jobId}", methods: { GET: … } }`. */
export interface FoundRoute {
  path: string
  methods: Record<string, Declared>
}

/** One line of the build's manifest, which the authorization matrix goes through. */
export interface RouteLine {
  method: string
  path: string
  audience: Declared['audience']
  summary: string
}

/** Lists every method of every route, ordered by path. */
export function listRoutes(routes: FoundRoute[]): RouteLine[] {
  const lines = routes.flatMap(({ path, methods }) =>
    Object.entries(methods).map(([method, { audience, summary }]) => ({ method, path, audience, summary })),
  )
  return lines.sort((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`, 'en'))
}

/** Makes the OpenAPI 3.1 document from the declarations of the routes. */
export function describeRoutes(routes: FoundRoute[], version: string): object {
  // A thing stands before what it has: files are found the other way round.
  const inOrder = routes.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const paths: ZodOpenApiPathsObject = Object.fromEntries(
    inOrder.map(({ path, methods }) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, declared]) => [method.toLowerCase(), describe(declared)]),
      ),
    ]),
  )
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Launchpad',
        version,
        description:
          'Requests carry the session cookie of a browser or an API key: `Authorization: Bearer lp_key_…`, or Basic with the key as user name. Nodes send theirs with a node token.',
      },
      paths,
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'launchpad-…' },
          key: { type: 'http', scheme: 'bearer' },
          basicKey: { type: 'http', scheme: 'basic' },
          node: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    { allowEmptySchema: { custom: true, transform: true } },
  )
}

const problemSchema = problem.meta({ id: 'Problem' })
const publicApiErrorSchema = z
  .object({ errorType: z.string(), message: z.string(), detailedMessage: z.string() })
  .meta({ id: 'PublicApiError' })

/** DSS clients read the answer to a change as JSON, whatever it is. */
const DONE: ZodOpenApiContentObject = { 'application/json': { schema: z.object({}) } }

const SECURITY: Record<Declared['audience'], Record<string, string[]>[]> = {
  user: [{ session: [] }, { key: [] }, { basicKey: [] }],
  key: [{ key: [] }, { basicKey: [] }],
  node: [{ node: [] }],
  public: [],
}

function describe(declared: Declared): ZodOpenApiOperationObject {
  const { summary, params, query, result, produces, audience } = declared
  const status = declared.status ?? (result || produces || audience === 'key' ? 200 : 204)
  const requestContent = describeBody(declared)
  const content = result
    ? { 'application/json': { schema: result } }
    : (asTexts(produces) ?? (audience === 'key' ? DONE : undefined))
  return {
    summary,
    security: SECURITY[audience],
    ...(params || query
      ? {
          requestParams: {
            ...(params ? { path: params as z.ZodObject } : {}),
            ...(query ? { query: query as z.ZodObject } : {}),
          },
        }
      : {}),
    ...(requestContent ? { requestBody: { required: needsBody(declared), content: requestContent } } : {}),
    responses: {
      [`${status}`]: {
        description: content ? 'Done' : 'Done; the answer has no body',
        ...(content ? { content } : {}),
      },
      default: {
        description: 'Refused or failed',
        content:
          audience === 'key'
            ? { 'application/json': { schema: publicApiErrorSchema } }
            : { 'application/problem+json': { schema: problemSchema } },
      },
    },
  }
}

const describeBody = ({
  body,
  bodyAsTold = body,
  consumes,
}: Declared): ZodOpenApiContentObject | undefined =>
  bodyAsTold ? { 'application/json': { schema: bodyAsTold } } : asTexts(consumes)

/** No body is read as an empty object. */
const needsBody = ({ body, bodyAsTold = body }: Declared) => !bodyAsTold?.safeParse({}).success

/** Texts and files, of which the document says their type alone; a file of JSON holds any value. */
function asTexts(types: readonly string[] | undefined): ZodOpenApiContentObject | undefined {
  const contentOf = (type: string) => ({ schema: /^application\/json\b/.test(type) ? {} : TEXT })
  return types && Object.fromEntries(types.map((type) => [type, contentOf(type)]))
}

const TEXT = { type: 'string' } as const
