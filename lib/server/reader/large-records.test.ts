import { afterEach, expect, test, vi } from 'vitest'
import { LARGE_RECORD, LargeRecords } from './large-records'

const LARGE = LARGE_RECORD + 1
afterEach(() => vi.useRealTimers())

const some = (count: number, signal = new AbortController().signal) =>
  Array.from({ length: count }, () => new LargeRecords(signal))

/** Has all hold a large record, and tells which of them may. */
async function beginAll(records: LargeRecords[]): Promise<() => Promise<boolean[]>> {
  for (const one of records) one.hold(LARGE).catch(() => undefined)
  const look = async () => {
    await new Promise(process.nextTick)
    return records.map(({ isHeld }) => isHeld)
  }
  await look()
  return look
}

test('two large records are read at a time, the others in turn', async () => {
  const records = some(4)
  const look = await beginAll(records)
  expect(await look()).toEqual([true, true, false, false])
  // What is small, left out or given on makes room.
  await records[0]?.hold(LARGE_RECORD)
  expect(await look()).toEqual([false, true, true, false])
  records[1]?.letGo()
  records[1]?.letGo()
  expect(await look()).toEqual([false, false, true, true])
  for (const one of records) one.letGo()
})

test('more of the same record takes no further turn', async () => {
  const [one, other] = some(2)
  for (let times = 0; times < 5; times++) await one?.hold(LARGE * times)
  await other?.hold(LARGE)
  expect(other?.isHeld).toBe(true)
  for (const record of [one, other]) record?.letGo()
})

test('a turn passes on after 10 s, though its record is still read', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const records = some(3)
  const look = await beginAll(records)
  vi.advanceTimersByTime(9_999)
  expect(await look()).toEqual([true, true, false])
  vi.advanceTimersByTime(1)
  expect(await look()).toEqual([true, true, true])
  for (const one of records) one.letGo()
  const again = some(3)
  expect(await (await beginAll(again))()).toEqual([true, true, false])
  for (const one of again) one.letGo()
})

test('who is ended while waiting takes no turn', async () => {
  const [one, two] = some(2)
  await one?.hold(LARGE)
  await two?.hold(LARGE)
  const ending = new AbortController()
  const [waiting] = some(1, ending.signal)
  const waited = waiting?.hold(LARGE)
  ending.abort(new Error('left'))
  await expect(waited).rejects.toThrow('left')
  one?.letGo()
  const [next] = some(1)
  await next?.hold(LARGE)
  expect([waiting?.isHeld, next?.isHeld]).toEqual([false, true])
  for (const record of [two, next]) record?.letGo()
})
