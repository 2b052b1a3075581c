import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { DEFAULT_LINE_FORMAT } from '#lib/domain/formats/line'
import type { PackedFile } from '../open-source'
import { readRecords } from '../read-records'
import { UnpackTurn } from './unpack-turns'

const MIB = 1024 * 1024

function fileUntil(until: AbortSignal, failure?: Failure): PackedFile {
  const notRead = () => Promise.reject(new Error('nothing is read here'))
  return {
    path: '/a.parquet',
    until,
    stream: notRead,
    again: notRead,
    ranged: notRead,
    holdOn: () => {
      if (failure !== undefined && until.aborted) throw failure
    },
    close: () => undefined,
  }
}

const NEVER = new AbortController().signal
const late = () => new Failure('limit_exceeded', 'late', { reason: 'deadline', where: '/a.parquet' })
const begun = async () => {
  const turn = new UnpackTurn(fileUntil(NEVER))
  await turn.begin()
  return turn
}

/** Lets all that can go on do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('readings that unpack', () => {
  it('are two at once, and the others come in order', async () => {
    const turns = [await begun(), await begun()]
    const came: number[] = []
    const waiting = [1, 2, 3].map(async (number) => {
      const turn = await begun()
      came.push(number)
      return turn
    })
    await settle()
    expect(came).toEqual([])
    turns[0]?.end()
    turns[0]?.end()
    await settle()
    expect(came).toEqual([1])
    turns[1]?.end()
    await settle()
    expect(came).toEqual([1, 2])
    for (const turn of waiting.slice(0, 2)) (await turn).end()
    ;(await waiting[2])?.end()
    expect(came).toEqual([1, 2, 3])
  })

  it('share what is large one after the other', async () => {
    const [one, two] = [await begun(), await begun()]
    await one.hold(16 * MIB)
    await two.hold(16 * MIB)
    await Promise.all([one.hold(16 * MIB + 1), one.hold(100 * MIB)])
    let came = false
    const waiting = two.hold(16 * MIB + 1).then(() => {
      came = true
    })
    await settle()
    expect(came).toBe(false)
    one.end()
    await waiting
    two.end()
  })

  it('say that they waited for others when their time is over', async () => {
    const turns = [await begun(), await begun()]
    const ending = new AbortController()
    const waiting = new UnpackTurn(fileUntil(ending.signal, late())).begin()
    ending.abort()
    await expect(waiting).rejects.toMatchObject({
      kind: 'limit_exceeded',
      message: 'Other files are being unpacked, and this one had to wait longer than it may take to read',
      details: { reason: 'deadline', where: '/a.parquet' },
    })
    const stopped = new Failure('forbidden', 'ended')
    const refused = new UnpackTurn(fileUntil(AbortSignal.abort(), stopped)).begin()
    await expect(refused).rejects.toBe(stopped)
    for (const turn of turns) turn.end()
    for (const turn of [await begun(), await begun()]) turn.end()
  })

  it('give back what comes after their end', async () => {
    const [one, two] = [await begun(), await begun()]
    await one.hold(64 * MIB)
    const waiting = two.hold(64 * MIB)
    two.end()
    one.end()
    await waiting
    const three = await begun()
    await three.hold(64 * MIB)
    three.end()
  })

  it('of zstd that refers far back come one after the other, and others pass them', async () => {
    const wide = startReading('zstd-window-128m.zst')
    await wide.next()
    const waiting = startReading('zstd-window-128m.zst')
    let came = false
    const batch = waiting.next().then(() => {
      came = true
    })
    const narrow = startReading('zstd.zst')
    expect((await narrow.next()).done).toBe(false)
    expect(came).toBe(false)
    await wide.return?.()
    await batch
    await Promise.all([waiting.return?.(), narrow.return?.()])
  })
})

function startReading(fixture: string) {
  const bytes = readFileSync(new URL(`../fixtures/compressed/${fixture}`, import.meta.url))
  async function* once() {
    yield bytes
  }
  const limits = { maxHeldBytes: 96 * MIB }
  const reading = readRecords({ bytes: once(), path: `/${fixture}` }, DEFAULT_LINE_FORMAT, limits, NEVER)
  return reading[Symbol.asyncIterator]()
}
