import type http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { newDefinition } from '#lib/domain/datasets/definition'
import { openTestStore, serve } from '../../testing/loopback-store'
import { estimateObjects } from './estimate-objects'
import { scanFiles } from './scan-files'

const DEFINITION = newDefinition()
const PATIENT = { idleMs: 60_000, answerMs: 60_000, connectMs: 60_000 }
const HEAD = '<ListBucketResult><IsTruncated>false</IsTruncated>'

/** Ways in which a store stands still. */
const HANGS: [string, (response: http.ServerResponse) => void][] = [
  ['before its answer', () => undefined],
  ['behind the head of its answer', (response) => response.writeHead(200).flushHeaders()],
  ['in the middle of its answer', (response) => response.write(HEAD)],
]

const folders = (count: number) =>
  Array.from({ length: count }, (_, n) => `<CommonPrefixes><Prefix>n${n}/</Prefix></CommonPrefixes>`).join('')

/** A store that answers what it is asked first and then stands still. */
const answering = (answers: readonly string[], hang: (response: http.ServerResponse) => void) => {
  const left = [...answers]
  return serve((_request, response) => {
    const next = left.shift()
    if (next === undefined) hang(response)
    else response.end(next)
  })
}
const FIRST = `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>`
const HEAD_ONLY = FIRST.replace('>t<', '>u<')
const FOLDERS = `${HEAD}${folders(6)}</ListBucketResult>`

async function endOf(work: Promise<unknown>, leaving: AbortController): Promise<string> {
  const running = work.then(
    () => 'done',
    () => 'ended',
  )
  await sleep(150)
  leaving.abort()
  return Promise.race([running, sleep(5_000, 'still running')])
}

describe.each(HANGS)('where the store stands still %s', (_, hang) => {
  const open = async (answers: readonly string[]) => {
    const leaving = new AbortController()
    const endpoint = await answering(answers, hang)
    return { leaving, store: openTestStore(endpoint, { signal: leaving.signal, timeouts: PATIENT }) }
  }

  test.each<[string, string[]]>([
    ['with its first page', []],
    ['with its folders', [FIRST]],
    ['side by side', [FIRST, FOLDERS]],
  ])('a listing ends at once %s', async (_how, answers) => {
    const { leaving, store } = await open(answers)
    const list = async () => {
      for await (const _batch of scanFiles(store, DEFINITION));
    }
    expect(await endOf(list(), leaving)).toBe('ended')
  })

  test('a look at what a listing takes ends at once', async () => {
    for (const answers of [[], [FIRST, HEAD_ONLY, FOLDERS]]) {
      const { leaving, store } = await open(answers)
      expect(await endOf(estimateObjects(store, DEFINITION), leaving)).toBe('ended')
    }
  })
})
