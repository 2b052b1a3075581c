import { readFileSync } from 'node:fs'
import path from 'node:path'
import { nameBuild } from '../bin/build.mjs'
import { groupOperations, type OpenApiDocument, openApiDocument } from '../lib/domain/openapi/document'
import { createFuzz } from './support/fuzz'
import { type Caller, createCallers, expectStillLetIn } from './support/fuzz-callers'
import { faultOf, readAnswer } from './support/fuzz-faults'
import { type Answered, send, sendLines } from './support/http'
import { setLakeScene } from './support/lake-scene'
import { type Launchpad, startLaunchpad } from './support/launchpad'
import { expect, test } from './support/test'
import { wholeBodies } from './support/whole-bodies'

/** Requests of every kind to every route, from the OpenAPI document; the same seed sends the same ones. */
const REQUESTS = Number(process.env.LAUNCHPAD_FUZZ_REQUESTS ?? 3_000)
const SEED = Number(process.env.LAUNCHPAD_FUZZ_SEED ?? 20_261_123)
/** To one copy; what they leave behind makes all lists longer. */
const REQUESTS_OF_A_COPY = 5_000
const AT_ONCE = 16
const ANSWERED_WITHIN_MS = 60_000

/** They end what the others are sent with or ask about, so they name nothing that is there. */
const ENDS_KNOWN = /^delete .*\/(?:projects|connections|datasets)\/\{\w+\}$/
/** They end the credential that they are sent with, so nobody sends them. */
const ENDS_CALLER = /^(?:delete \/api\/session|post \/api\/session\/password)$/

const readDocument = (): OpenApiDocument => {
  const file = path.join(nameBuild(process.env).programs, 'openapi.json')
  return openApiDocument.parse(JSON.parse(readFileSync(file, 'utf8')))
}

for (let first = 0; first < REQUESTS; first += REQUESTS_OF_A_COPY) {
  const count = Math.min(REQUESTS_OF_A_COPY, REQUESTS - first)
  test(`${count} requests by chance are answered without a fault, from the ${first}th`, async () => {
    test.setTimeout(120_000 + count * 100)
    const launchpad = await startLaunchpad({ command: ['demo', '--empty'] })
    try {
      expect(await sendByChance(launchpad, SEED + first, count), `seed ${SEED}`).toEqual([])
    } finally {
      await launchpad.stop()
    }
  })
}

/** Sends them and gives the first of those that were answered as none may be. */
async function sendByChance(launchpad: Launchpad, seed: number, count: number): Promise<string[]> {
  const { callers, known, whole } = await setTheScene(launchpad)
  const document = readDocument()
  const operations = groupOperations(document).flatMap((group) => group.operations)
  const fuzz = createFuzz(seed, document, known, whole)
  const faults: string[] = []
  const answers: Record<string, number> = {}
  const sendOne = async () => {
    const operation = fuzz.pick(operations)
    const caller = ENDS_CALLER.test(operation.id) ? (callers.at(-1) as Caller) : fuzz.pick(callers)
    const asked = fuzz.request(operation, ENDS_KNOWN.test(operation.id))
    const garbled = fuzz.chance(0.01) ? fuzz.garble(`${asked.method} ${asked.target}`) : null
    const answer = garbled
      ? await sendGarbled(launchpad.url, garbled)
      : await sendWhole(launchpad.url, asked, caller)
    answers[answer.status] = (answers[answer.status] ?? 0) + 1
    const fault = faultOf(garbled ? readLine(garbled) : asked, answer)
    if (!fault) return
    faults.push(sayFault(`${fault}${garbled ? `: ${JSON.stringify(garbled)}` : ''}`, asked, caller, answer))
    // A long run tells at once.
    console.log(faults.at(-1))
  }
  let left = count
  const sendSome = async () => {
    while (left-- > 0) await sendOne()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sendSome))
  await expectStillLetIn(launchpad.url, callers)
  console.log(`seed ${seed}: ${count} sent, answered by status: ${JSON.stringify(answers)}`)
  return faults.slice(0, 20)
}

async function setTheScene(launchpad: Launchpad) {
  const { url } = launchpad
  const { make, session, logins, designers, known } = await setLakeScene(launchpad)
  const callers = await createCallers(make, session, logins, { designers, projectKey: known.projectKey })
  const whole = await wholeBodies(url, { ...logins, ...known })
  return {
    callers,
    known,
    whole: Object.fromEntries(whole.map(({ operation, body }) => [operation, body])),
  }
}

type Asked = ReturnType<ReturnType<typeof createFuzz>['request']>

/** No answer in time, or none at all, is one as well: status 0. */
const sendWhole = (url: string, asked: Asked, { as, headers }: Caller): Promise<Answered> =>
  send(url, { ...asked, path: '/', as, headers, withinMs: ANSWERED_WITHIN_MS }).catch((error: Error) =>
    readAnswer(`\r\n\r\n${error.message}`),
  )

const sendGarbled = async (url: string, line: string): Promise<Answered> =>
  readAnswer(await sendLines(url, [`${line} HTTP/1.0`, `host: ${new URL(url).host}`]))

/** The method and target that are left of a garbled line; line ends before it count for nothing, several spaces as one. */
function readLine(line: string) {
  const [method = '', target = ''] = line.replace(/^[\r\n]+/, '').split(/ +/)
  return { method, target }
}

const sayFault = (fault: string, { method, target, body }: Asked, { name }: Caller, answer: Answered) =>
  `${fault}: ${answer.status} ${method} ${target} ${JSON.stringify(body)?.slice(0, 500)} of ${name}: ${answer.text.slice(0, 300)}`
