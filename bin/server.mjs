import { readFileSync } from 'node:fs'
import path from 'node:path'
import next from 'next'
import { nameBuild } from './build.mjs'
import { ROOT } from './root.mjs'
import { callApiHandlers } from './web/api-handlers.mjs'
import { endWork } from './web/before-stop.mjs'
import { parseTrustedProxies } from './web/client-address.mjs'
import { openCompiledRoutes } from './web/compiled-routes.mjs'
import { createWebServer, drain, listen } from './web/http-server.mjs'

const url = new URL(process.env.LAUNCHPAD_URL ?? '')
const host = process.env.HOST ?? '127.0.0.1'
const port = Number(process.env.PORT)
const dev = process.env.NODE_ENV === 'development'
/** How long what was cut may take to keep how it ended. The supervisor waits a little longer for all of a stop. */
const KEEP_ENDS_MS = 3_000

let stopping = false

try {
  await serve()
} catch (error) {
  console.error(error?.code === 'EADDRINUSE' ? `Port ${port} on ${host} is taken.` : error)
  process.exit(1)
}

/** The routes of the API as the build found them. */
function readRoutes() {
  return JSON.parse(readFileSync(path.join(nameBuild(process.env).programs, 'routes.json'), 'utf8'))
}

/** The routes of the API, and who answers them. @param {import('./web/http-server.mjs').Handler} otherwise */
function readApi(otherwise) {
  const routes = readRoutes()
  const load = openCompiledRoutes(nameBuild(process.env).pages)
  return { routes, handler: callApiHandlers({ routes, load, url, otherwise }) }
}

/** Answers requests until SIGTERM, or until the supervisor that started this process is gone. */
async function serve() {
  const app = next({ dev, dir: ROOT, hostname: host, port })
  const trustedProxies = parseTrustedProxies(process.env.LAUNCHPAD_TRUSTED_PROXIES ?? '')
  await app.prepare()
  const application = app.getRequestHandler()
  const server = createWebServer({
    url,
    trustedProxies,
    // In development routes come and go.
    ...(dev ? { dev, handler: application } : readApi(application)),
  })
  if (dev) server.on('upgrade', app.getUpgradeHandler())
  const stop = async () => {
    if (stopping) return
    stopping = true
    await drain(server, undefined, () => endWork(KEEP_ENDS_MS))
    await endWork(KEEP_ENDS_MS)
    await app.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  await listen(server, { host, port })
  process.send?.({ ready: true })
}
