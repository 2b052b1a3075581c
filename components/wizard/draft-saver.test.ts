import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Draft, DraftSave } from '#lib/domain/datasets/draft-wire'
import { newWizard } from '#lib/domain/datasets/wizard'
import { createDraftSaver, RETRY_DELAY_MS, SAVE_DELAY_MS, type SaveStatus } from './draft-saver'

const AT = '2026-11-22T14:05:00.000Z'
const named = (name: string): DraftSave['settings'] => ({ ...newWizard(), name })
const draftOf = (version: number, settings = named('')): Draft => ({
  id: 'd1',
  version,
  settings,
  updatedAt: AT,
  expiresAt: AT,
})

function setUp(opened: { id: string; version: number } | null = null) {
  const statuses: SaveStatus[] = []
  const create = vi.fn(async (settings: DraftSave['settings']) => draftOf(1, settings))
  const save = vi.fn(async (_id: string, input: DraftSave) => draftOf(input.version + 1, input.settings))
  const explain = vi.fn(() => ({ kind: 'retry' as const, message: 'No answer' }))
  const saver = createDraftSaver({
    opened,
    create,
    save,
    explain,
    onStatus: (status) => statuses.push(status),
    onSaved: () => {},
  })
  return { saver, create, save, explain, statuses }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('the first change makes the draft at once, later ones are saved together after a pause', async () => {
  const { saver, create, save } = setUp()
  saver.change(named('a'))
  await vi.advanceTimersByTimeAsync(0)
  expect(create).toHaveBeenCalledOnce()
  saver.change(named('ab'))
  await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS - 1)
  saver.change(named('abc'))
  await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS)
  expect(save.mock.calls).toEqual([['d1', { version: 1, settings: named('abc') }]])
})

test('what changes while a save is under way follows it, over the version that it gave', async () => {
  const { saver, create, save } = setUp()
  let answer = (_: Draft) => {}
  create.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)))
  saver.change(named('a'))
  await vi.advanceTimersByTimeAsync(0)
  saver.change(named('ab'))
  await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS)
  expect(save).not.toHaveBeenCalled()
  answer(draftOf(1))
  await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS)
  expect(save).toHaveBeenCalledWith('d1', { version: 1, settings: named('ab') })
})

test('a failed save is tried again with the newest settings', async () => {
  const { saver, save, statuses } = setUp({ id: 'd1', version: 4 })
  save.mockRejectedValueOnce(new Error('offline'))
  saver.change(named('a'))
  await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS)
  expect(statuses.at(-1)).toEqual({ kind: 'waiting', message: 'No answer' })
  await vi.advanceTimersByTimeAsync(RETRY_DELAY_MS)
  expect(save).toHaveBeenLastCalledWith('d1', { version: 4, settings: named('a') })
  expect(statuses.at(-1)).toEqual({ kind: 'saved', at: AT })
})

test('after a conflict nothing is saved until the person chooses; keeping mine saves over theirs', async () => {
  const { saver, save, explain } = setUp({ id: 'd1', version: 4 })
  const theirs = draftOf(9, named('theirs'))
  explain.mockReturnValueOnce({ kind: 'conflict', theirs } as never)
  save.mockRejectedValueOnce(new Error('conflict'))
  saver.change(named('a'))
  await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS)
  saver.change(named('ab'))
  await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS * 10)
  expect(save).toHaveBeenCalledOnce()
  saver.goOnFrom(theirs, named('ab'))
  await vi.advanceTimersByTimeAsync(0)
  expect(save).toHaveBeenLastCalledWith('d1', { version: 9, settings: named('ab') })
})

test('leaving the page sends what waits; a paused saver sends nothing', async () => {
  const { saver, save } = setUp({ id: 'd1', version: 1 })
  saver.change(named('a'))
  saver.flush()
  expect(save).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(0)
  saver.pause()
  saver.change(named('b'))
  saver.flush()
  await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS)
  expect(save).toHaveBeenCalledOnce()
  saver.resume()
  expect(save).toHaveBeenCalledTimes(2)
})
