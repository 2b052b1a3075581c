import { readFileSync } from 'node:fs'
import path from 'node:path'
import { nameBuild } from '../bin/build.mjs'
import type { OpenApiDocument, Operation } from '../lib/domain/openapi/document'
import { groupOperations, openApiDocument } from '../lib/domain/openapi/document'
import { createFuzz } from './support/fuzz'
import { type Answered, send, signInByHttp } from './support/http'
import { createLake } from './support/matrix/scene'
import { createTargets } from './support/matrix/targets'
import { expect, test } from './support/test'

/** Requests of every kind to every route, from the OpenAPI document; the same seed sends the same ones. */
test.use({ start: { command: ['demo', '--empty'] } })

const REQUESTS = Number(process.env.LAUNCHPAD_FUZZ_REQUESTS ?? 3_000)
const SEED = Number(process.env.LAUNCHPAD_FUZZ_SEED ?? 20_261_123)
const AT_ONCE = 8

/** They would end what the others are sent with, or wait for the world outside. */
const LEFT_OUT =
  /^(?:delete \/api\/session|.* \/api\/setup|.*\/disable|post \/api\/session\/password|delete .*\/(?:projects|connections)\/\{\w+\})$/

/** What an answer may never be: a fault of the server's own, or a refusal that its client cannot read. */
function faultOf(
  { method, target }: { method: string; target: string },
  { status, headers, text }: Answered,
) {
  if (status < 400) return null
  if (status >= 500 && status !== 503) return 'fault'
  if (!/^application\/(?:problem\+)?json/.test(headers['content-type'] ?? '')) return 'no JSON'
  if (method === 'HEAD') return null
  const said = JSON.parse(text) as Record<string, unknown>
  const isPublicApi = /^\/(?:dip\/publicapi|public\/api)\//.test(target)
  const told = isPublicApi ? [said.errorType, said.detailedMessage] : [said.code, said.detail]
  return told.every((one) => typeof one === 'string' && one !== '') ? null : 'another form'
}

const readDocument = (): OpenApiDocument => {
  const file = path.join(nameBuild(process.env).programs, 'openapi.json')
  return openApiDocument.parse(JSON.parse(readFileSync(file, 'utf8')))
}

test(`${REQUESTS} requests by chance are answered without a fault`, async ({ launchpad, behind }) => {
  test.setTimeout(60_000 + REQUESTS * 60)
  const logins = launchpad.demo()
  const cookie = await signInByHttp(launchpad.url, logins.admin)
  const make = createTargets(launchpad.url, cookie)
  const { groups } = (await make.get('/api/groups')) as { groups: { id: string; name: string }[] }
  const designers = groups.find(({ name }) => name === 'designers')?.id ?? ''
  await createLake(launchpad.url, cookie, behind, designers)
  const projectKey = await make.project(designers)
  const { secret } = await make.post('/api/keys/global', {
    label: 'fuzz',
    admin: true,
    groupIds: [designers],
  })
  const document = readDocument()
  const operations = groupOperations(document)
    .flatMap((group) => group.operations)
    .filter(({ id }) => !LEFT_OUT.test(id))
  const fuzz = createFuzz(SEED, document, { projectKey, name: 'lake', connection: 'lake' })
  const faults: string[] = []
  let left = REQUESTS
  const sendSome = async () => {
    while (left-- > 0) {
      const operation = operations[fuzz.below(operations.length)] as Operation
      const asked = fuzz.request(operation)
      const answer = await send(launchpad.url, {
        ...asked,
        path: '/',
        as: { token: String(secret) },
      })
      const fault = faultOf(asked, answer)
      if (fault)
        faults.push(
          `${fault}: ${answer.status} ${asked.method} ${asked.target} ${JSON.stringify(asked.body)?.slice(0, 500)}: ${answer.text.slice(0, 200)}`,
        )
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sendSome))
  expect(faults.slice(0, 20), `seed ${SEED}`).toEqual([])
})
