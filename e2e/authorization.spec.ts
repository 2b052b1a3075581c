import { readFileSync } from 'node:fs'
import path from 'node:path'
import { nameBuild } from '../bin/build.mjs'
import { type JsonSchema, openApiDocument } from '../lib/domain/openapi/document'
import { exampleOf } from '../lib/domain/openapi/print-schema'
import { CONNECTION_ROWS } from './support/matrix/connection-rows'
import { Description } from './support/matrix/described'
import { IDENTITY_ROWS } from './support/matrix/identity-rows'
import { PROJECT_ROWS } from './support/matrix/project-rows'
import { PUBLIC_API_ROWS } from './support/matrix/public-api-rows'
import { PUBLIC_ROWS } from './support/matrix/public-rows'
import type { Row } from './support/matrix/row'
import { createScene, type Scene } from './support/matrix/scene'
import { isAllowed, type Line, tryAllowed, tryDenied } from './support/matrix/try-row'
import { expect, test } from './support/test'

test.use({ start: { command: ['demo', '--empty'] } })

const ROWS: Record<string, Row> = {
  ...PUBLIC_ROWS,
  ...IDENTITY_ROWS,
  ...CONNECTION_ROWS,
  ...PROJECT_ROWS,
  ...PUBLIC_API_ROWS,
}
const build = nameBuild(process.env)
const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'))
const nameOf = ({ method, path }: Pick<Line, 'method' | 'path'>) => `${method} ${path}`

/** What the build found declared. */
const LINES = readJson(path.join(build.programs, 'routes.json')) as Line[]

/** What it tells of them to who writes clients. */
const DESCRIPTION = new Description(
  openApiDocument.parse(readJson(path.join(build.programs, 'openapi.json'))),
)

test('every route and method of the build has a row, and no row is left over', () => {
  const manifest = readJson(path.join(build.pages, 'app-path-routes-manifest.json')) as Record<string, string>
  const built = Object.entries(manifest).flatMap(([file, route]) => (file.endsWith('/route') ? [route] : []))
  const declared = new Set(LINES.map((line) => line.path.replace(/\{([^}]+)\}/g, '[$1]')))
  expect([...declared].sort()).toEqual(built.sort())
  expect(Object.keys(ROWS).sort()).toEqual(LINES.map(nameOf).sort())
})

test('a key that the description requires has to be there, whether it is described or not', () => {
  const faultOf = (schema: JsonSchema, value: unknown) => DESCRIPTION.faultOf(schema, value)
  const of = { type: 'object', required: ['id', 'required'], properties: { id: { type: 'string' } } }
  const schemas: JsonSchema[] = [of, { ...of, additionalProperties: { type: 'number' } }]
  for (const schema of schemas) {
    expect(faultOf({ type: 'array', items: schema }, [{ id: 'a', required: 1 }])).toBeUndefined()
    expect(faultOf({ type: 'array', items: schema }, [{ id: 'a' }])).toContain('required')
    expect(faultOf(schema, { required: 1 })).toContain('id')
  }
  expect(
    faultOf({ ...of, additionalProperties: { type: 'number' } }, { id: 'a', required: 'x' }),
  ).toBeDefined()
  const named = { type: 'object', properties: { required: { type: 'array' } }, required: ['required'] }
  expect(faultOf(named, { required: [] })).toBeUndefined()
  expect(faultOf(named, {})).toBeDefined()
})

test('the API describes every one of them, with each part of its address and who may ask', () => {
  expect(DESCRIPTION.operations.map(nameOf).sort()).toEqual(LINES.map(nameOf).sort())
  for (const line of LINES) {
    const { parameters, security, summary } = DESCRIPTION.of(line)
    const parts = [...line.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name)
    const inPath = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
    expect(inPath.sort(), nameOf(line)).toEqual(parts.sort())
    expect(security.length === 0, nameOf(line)).toBe(line.audience === 'public')
    expect(summary, nameOf(line)).not.toBe('')
  }
})

test('the body that the API page begins a request with is one that the description allows', () => {
  for (const { id, requestBody } of DESCRIPTION.operations) {
    const schema = requestBody?.content['application/json']?.schema
    if (!schema) continue
    expect(DESCRIPTION.faultOf(schema, exampleOf(schema, DESCRIPTION.references)), id).toBeUndefined()
  }
})

test('every row lets somebody in', () => {
  const closed = Object.entries(ROWS).filter(
    ([, { cells, allowedIn }]) => !allowedIn && !Object.values(cells).some(isAllowed),
  )
  expect(closed.map(([name]) => name)).toEqual([])
})

test.describe('who may do what', () => {
  let scene: Scene
  test.beforeAll(async ({ launchpad, behind }) => {
    scene = await createScene(launchpad.url, behind, launchpad.demo())
  })

  for (const line of LINES) {
    const row = ROWS[nameOf(line)]
    if (!row) continue
    test(nameOf(line), async () => {
      await tryDenied(scene, line, row, DESCRIPTION)
      await tryAllowed(scene, line, row, DESCRIPTION)
    })
  }
})
