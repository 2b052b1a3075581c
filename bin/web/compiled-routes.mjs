import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const require = createRequire(import.meta.url)

/**
 * Gives the handler of a method that a build compiled for a route, out of the same modules as the application's own. Null where the
 * build has it not, or in a form that is not known here, as another version of Next may.
 * @param {string} pages the folder of the build
 * @returns {(route: string, method: string) => Promise<import('./api-handlers.mjs').RouteHandler | null>} of a path such as `/api/jobs/{jobId}`
 */
export function openCompiledRoutes(pages) {
  const server = path.join(pages, 'server')
  const manifest = path.join(server, 'app-paths-manifest.json')
  /** @type {Record<string, string>} */
  const files = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {}
  return async (route, method) => {
    const file = files[`${route.replace(/\{(.+?)\}/g, '[$1]')}/route`]
    if (file === undefined) return null
    const { routeModule } = await require(path.join(server, file))
    if (typeof routeModule?.ensureUserland !== 'function') return null
    await routeModule.ensureUserland()
    const handler = routeModule.userland[method]
    return typeof handler === 'function' ? handler : null
  }
}
