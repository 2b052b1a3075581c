import { readFileSync } from 'node:fs'
import path from 'node:path'
import { nameBuild } from '../bin/build.mjs'
import { send } from './support/http'
import { CONNECTION_ROWS } from './support/matrix/connection-rows'
import { IDENTITY_ROWS } from './support/matrix/identity-rows'
import { PROJECT_ROWS } from './support/matrix/project-rows'
import { PUBLIC_API_ROWS } from './support/matrix/public-api-rows'
import { PUBLIC_ROWS } from './support/matrix/public-rows'
import type { Row } from './support/matrix/row'
import { createScene, PRINCIPALS, type Scene } from './support/matrix/scene'
import { isAllowed, type Line } from './support/matrix/try-row'
import { expect, test } from './support/test'

/** Clients write addresses with a slash at their end or without one: each is answered at once, without a redirect. */
test.use({ start: { command: ['demo', '--empty'] } })

const ROWS: Record<string, Row> = {
  ...PUBLIC_ROWS,
  ...IDENTITY_ROWS,
  ...CONNECTION_ROWS,
  ...PROJECT_ROWS,
  ...PUBLIC_API_ROWS,
}
const built = readFileSync(path.join(nameBuild(process.env).programs, 'routes.json'), 'utf8')
const LINES = JSON.parse(built) as Line[]

let scene: Scene
test.beforeAll(async ({ launchpad, behind }) => {
  scene = await createScene(launchpad.url, behind, launchpad.demo())
})

for (const line of LINES) {
  const row = ROWS[`${line.method} ${line.path}`]
  const principal = PRINCIPALS.find((one) => row && isAllowed(row.cells[one]))
  if (!row || !principal) continue
  // The matrix sends each without a slash.
  test(`${line.method} ${line.path}/`, async () => {
    const { params = {}, query, body } = await row.ask(scene, principal)
    const address = line.path.replace(/\{([^}]+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''))
    const { status, text, headers } = await send(scene.origin, {
      ...{ method: line.method, path: `${address}/`, query, body },
      as: row.as ? await row.as(scene, principal) : scene.credentials[principal],
      headers: line.audience === 'public' ? { origin: scene.origin } : {},
    })
    expect(status, text.slice(0, 400)).toBe(row.cells[principal])
    // What Next has answered depends on its own headers; the API goes past it (bin/web/api-handlers.mjs).
    expect(`${headers.vary}`).not.toContain('rsc')
  })
}
