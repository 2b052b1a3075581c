import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { giveOut } from './give-out'

let home: string
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'launchpad-streams-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const piecesOf = (count: number) =>
  Array.from({ length: count }, (_, n) => Buffer.alloc(190_000, `piece ${n}`))

async function gather(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const got: Buffer[] = []
  for await (const piece of stream) got.push(piece)
  return Buffer.concat(got)
}

test('many pieces wait in a file that nobody finds, and are not held', async () => {
  const pieces = piecesOf(20)
  const all = Buffer.concat(pieces)
  let isHeld = false
  const folder = path.join(home, 'streams')
  const stream = giveOut(
    pieces,
    () => (isHeld = true),
    () => folder,
  )
  const first = (await stream.next()).value as Buffer
  expect(isHeld).toBe(true)
  expect(pieces).toEqual([])
  expect(readdirSync(folder)).toEqual([])
  expect(Buffer.concat([first, await gather(stream)]).equals(all)).toBe(true)
})

test('a few wait as they are, each until it is taken', async () => {
  const pieces = piecesOf(2)
  const [one] = pieces
  const stream = giveOut(
    pieces,
    () => undefined,
    () => home,
  )
  expect((await stream.next()).value).toBe(one)
  expect(pieces).toHaveLength(1)
  await gather(stream)
  expect(readdirSync(home)).toEqual([])
})

test('where no file can be written all come from memory', async () => {
  writeFileSync(path.join(home, 'streams'), 'no folder')
  const pieces = piecesOf(5)
  const all = Buffer.concat(pieces)
  const stream = giveOut(
    pieces,
    () => undefined,
    () => path.join(home, 'streams'),
  )
  expect((await gather(stream)).equals(all)).toBe(true)
})
