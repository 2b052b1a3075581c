/** @typedef {import('./admission.mjs').Refusal} Refusal */

/**
 * Turns away what no route of the API answers, in the API's own form: the application would answer an unknown path with a
 * page, and another method with nothing.
 * @param {{ method: string, path: string }[]} lines the routes as the build lists them: `/api/jobs/{jobId}`
 * @returns {(request: { method?: string | undefined, target: string }) => (Refusal & { allow?: string }) | null}
 */
export function createApiGate(lines) {
  // As the application has it, a part that is written out goes before one that stands for any: /keys/global, /keys/{keyId}.
  const inTurn = lines.toSorted((a, b) => (rankOf(a.path) < rankOf(b.path) ? -1 : 1))
  const routes = [...Map.groupBy(inTurn, ({ path }) => path)].map(([path, of]) => ({
    depth: depthOf(path),
    matches: matcherOf(path),
    methods: new Set(
      of.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD', 'OPTIONS'] : [method, 'OPTIONS'])),
    ),
  }))
  const byDepth = Map.groupBy(routes, ({ depth }) => depth)
  return ({ method = 'GET', target }) => {
    const path = target.split('?', 1)[0] ?? ''
    if (isDocs(path)) return null
    if (!/^\/(?:api|dip\/publicapi)(\/|$)/.test(path)) return null
    const found = byDepth.get(depthOf(path))?.find(({ matches }) => matches.test(path))
    if (!found) return UNKNOWN
    if (found.methods.has(method)) return null
    return { ...REFUSED_METHOD, allow: [...found.methods].sort().join(', ') }
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
