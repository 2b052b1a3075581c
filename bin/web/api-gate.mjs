/** @typedef {import('./admission.mjs').Refusal} Refusal */

/**
 * A route of the API: its path as declared, and the methods that it has.
 * @typedef {{ path: string, depth: number, matches: RegExp, methods: Set<string> }} ApiRoute
 */

/**
 * Finds the route that answers for a path: `/api/jobs/1/` → that of `/api/jobs/{jobId}`.
 * @param {{ method: string, path: string }[]} lines the routes as the build lists them
 * @returns {(path: string) => ApiRoute | undefined}
 */
export function createRouteTable(lines) {
  // As the application has it, a part that is written out goes before one that stands for any: /keys/global, /keys/{keyId}.
  const inTurn = lines.toSorted((a, b) => (rankOf(a.path) < rankOf(b.path) ? -1 : 1))
  const routes = [...Map.groupBy(inTurn, ({ path }) => path)].map(([path, of]) => ({
    path,
    depth: depthOf(path),
    matches: matcherOf(path),
    methods: new Set(of.map(({ method }) => method)),
  }))
  const byDepth = Map.groupBy(routes, ({ depth }) => depth)
  return (path) => byDepth.get(depthOf(path))?.find(({ matches }) => matches.test(path))
}

/**
 * Turns away what no route of the API answers, in the API's own form: the application would answer an unknown path with a
 * page, and another method with nothing.
 * @param {{ method: string, path: string }[]} lines the routes as the build lists them: `/api/jobs/{jobId}`
 * @returns {(request: { method?: string | undefined, target: string }) => (Refusal & { allow?: string }) | null}
 */
export function createApiGate(lines) {
  const find = createRouteTable(lines)
  return ({ method = 'GET', target }) => {
    const path = target.split('?', 1)[0] ?? ''
    if (isDocs(path)) return null
    if (!/^\/(?:api|dip\/publicapi)(\/|$)/.test(path)) return null
    const found = find(path)
    if (!found) return UNKNOWN
    const methods = new Set([...found.methods, 'OPTIONS', ...(found.methods.has('GET') ? ['HEAD'] : [])])
    if (methods.has(method)) return null
    return { ...REFUSED_METHOD, allow: [...methods].sort().join(', ') }
  }
}

/** `/api/keys/{keyId}` → `0 0 0 1`: smaller where parts are written out. @param {string} path */
const rankOf = (path) =>
  path
    .split('/')
    .map((part) => (/^\{.+\}$/.test(part) ? 1 : 0))
    .join(' ')

/** The one page below /api: what is told of the API. Next asks for it anew with a query. @param {string} path */
const isDocs = (path) => /^\/api\/docs\/?$/.test(path)

/** The public API, whose clients read errors in a form of their own. @param {string} target */
export const isPublicApi = (target) => /^\/dip\/publicapi(\/|$|\?)/.test(target)

/** The documented address of the public API is another name of the one its clients use. @param {string} target */
export const unaliased = (target) => target.replace(/^\/public\/api(?=\/|$|\?)/, '/dip/publicapi')

/** How many parts a path has, the one after a last slash not counted. @param {string} path */
const depthOf = (path) => path.replace(/\/$/, '').split('/').length

/** `/api/jobs/{jobId}` → `^/api/jobs/[^/]+/?$` @param {string} path */
function matcherOf(path) {
  const parts = path
    .split('/')
    .map((part) => (/^\{.+\}$/.test(part) ? '[^/]+' : part.replace(/[.\\+*?^$()[\]{}|]/g, '\\$&')))
  return new RegExp(`^${parts.join('/')}/?$`)
}

/** @type {Refusal} */
const UNKNOWN = {
  status: 404,
  code: 'not_found',
  title: 'Not found',
  detail: 'The API has no such address. /api/openapi.json lists those it has.',
  reason: 'unknown-route',
}

/** @type {Refusal} */
const REFUSED_METHOD = {
  status: 405,
  code: 'validation_failed',
  title: 'Method not allowed',
  detail: 'This address of the API does not answer to this method.',
  reason: 'unknown-method',
}
