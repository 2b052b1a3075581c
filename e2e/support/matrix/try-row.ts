import { expect } from '@playwright/test'
import { type Answered, send } from '../http'
import type { Description } from './described'
import type { Ask, Row } from './row'
import { ACTORS, PRINCIPALS, type Principal, type Scene } from './scene'
import { countDenials, expectUnchanged, readState, untilIdle } from './state'

export const isAllowed = (status: number) => status < 300

export interface Line {
  method: string
  path: string
  audience: 'user' | 'key' | 'public' | 'node'
}

/**
 * Tries all denied cells of a row on one thing, which must stay as it is; the denials of people are told, and answers are as the
 * description of the API has them.
 */
export async function tryDenied(scene: Scene, line: Line, row: Row, description: Description): Promise<void> {
  const operation = description.of(line)
  const expectRefusal = (answer: Answered, status: number, who: string) => {
    expectRefusalOf(line, answer, status, who)
    description.expectRefused(operation, answer)
  }
  const { behind } = scene
  // Wrong keys and tokens are limited by address, and all of these come from one.
  await behind.query(`DELETE FROM rate_window WHERE key LIKE 'wrong-key|%' OR key LIKE 'node-token|%'`)
  const name = `${line.method} ${line.path}`
  const denied = PRINCIPALS.filter((principal) => !isAllowed(row.cells[principal]))
  const sent = await row.ask(scene, denied[0] ?? 'nobody')
  const refused = await Promise.all(
    (row.refused ?? []).map(async ({ why, status, ask }) => ({ why, status, sent: await ask(scene) })),
  )
  await untilIdle(behind)
  const [before, told] = [await readState(behind), await countDenials(behind)]
  for (const principal of denied) {
    expectRefusal(await act(scene, line, sent, principal), row.cells[principal], principal)
  }
  for (const one of refused) expectRefusal(await act(scene, line, one.sent, 'nobody'), one.status, one.why)
  const host = { host: 'evil.example' }
  expectRefusal(await act(scene, line, sent, 'admin', host), 421, 'another Host')
  if (line.method !== 'GET') {
    const origin = { origin: 'http://evil.example' }
    const ignoresCookies = line.audience === 'node' || line.audience === 'key'
    const status = ignoresCookies ? 401 : 403
    expectRefusal(await act(scene, line, sent, 'admin', origin), status, 'a foreign Origin')
  }
  await expectUnchanged(behind, before, `a refused ${name}`)
  expect(ofPeople(await countDenials(behind)), 'denials told').toEqual(
    ofPeople(addDenials(told, line, row, denied)),
  )
}

/** Tries all allowed cells of a row, each on a thing of its own; answers are as the description of the API has them. */
export async function tryAllowed(
  scene: Scene,
  line: Line,
  row: Row,
  description: Description,
): Promise<void> {
  const operation = description.of(line)
  for (const principal of PRINCIPALS.filter((one) => isAllowed(row.cells[one]))) {
    const sent = await row.ask(scene, principal)
    const as = row.as && (await row.as(scene, principal))
    const answer = await act(scene, line, sent, principal, {}, as)
    expect(answer.status, `${principal}: ${answer.text.slice(0, 400)}`).toBe(row.cells[principal])
    description.expectAnswered(operation, sent, answer)
    if (principal === 'stranger' && line.audience !== 'public') {
      expect(answer.text, 'another space tells of this one').not.toMatch(
        /analyst|audrey|designer-prod|"lake"/,
      )
    }
  }
}

function act(
  { origin, credentials }: Scene,
  { method, path, audience }: Line,
  { params = {}, query, body }: Ask,
  principal: Principal,
  headers: Record<string, string> = {},
  as = credentials[principal],
): Promise<Answered> {
  const address = path.replace(/\{([^}]+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''))
  // What needs no caller is for our own pages, whoever else one is.
  const page = audience === 'public' ? { origin } : {}
  return send(origin, { method, path: address, query, body, as, headers: { ...page, ...headers } })
}

function expectRefusalOf({ audience }: Line, answer: Answered, status: number, who: string): void {
  expect(answer.status, `${who}: ${answer.text.slice(0, 400)}`).toBe(status)
  if (audience === 'key') {
    expect(answer.headers['content-type'], who).toBe('application/json')
    expect(answer.json(), who).toMatchObject({
      errorType: expect.any(String),
      message: expect.any(String),
      detailedMessage: expect.stringContaining(String(answer.headers['x-request-id'])),
    })
    return
  }
  expect(answer.headers['content-type'], who).toBe('application/problem+json')
  expect(answer.json(), who).toMatchObject({ status, requestId: answer.headers['x-request-id'] })
}

/** Being signed out is told by no event; every other refusal of somebody of this space is. */
function addDenials(
  told: Map<string, number>,
  { audience }: Line,
  { cells, refused, untold = [] }: Row,
  denied: readonly Principal[],
): Map<string, number> {
  const sum = new Map(told)
  const add = (actor: string) => sum.set(actor, (sum.get(actor) ?? 0) + 1)
  for (const one of refused ?? []) if (one.told) add(ACTORS[one.told] ?? '')
  if (audience !== 'user' && audience !== 'key') return sum
  for (const principal of denied) {
    const actor = ACTORS[principal]
    if (!actor || cells[principal] === 401 || untold.includes(principal)) continue
    add(actor)
  }
  return sum
}

const ofPeople = (counts: Map<string, number>) =>
  Object.fromEntries(Object.values(ACTORS).map((actor) => [actor, counts.get(actor) ?? 0]))
