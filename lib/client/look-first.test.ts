import { expect, test } from 'vitest'
import type { ScanCost } from '#lib/domain/datasets/scan-cost'
import { ApiError } from './api'
import { afterLook } from './look-first'

const cost = (objects: number): ScanCost => ({
  objects,
  certainty: 'exact',
  requests: 2,
  probes: 1,
  requestMs: 6,
  folders: [],
  foldersTotal: null,
  examples: [],
})

const failed = (code: string) => ({
  error: new ApiError({ status: 400, code, title: '', detail: '', requestId: '', details: {} } as never),
})

test('a page of objects is listed at once, more is asked about first', () => {
  expect(afterLook({ cost: cost(1_000) }, false).step).toBe('list')
  expect(afterLook({ cost: cost(1_001) }, false).step).toBe('ask')
})

test('a look at settings that have changed since starts nothing, however it ended', () => {
  for (const look of [{ cost: cost(1) }, { cost: cost(5_000) }, failed('unavailable'), failed('forbidden')])
    expect(afterLook(look, true).step).toBe('nothing')
})

test('a refusal is told, and no listing begun in its place', () => {
  expect(afterLook(failed('forbidden'), false).step).toBe('refuse')
  expect(afterLook(failed('limit_exceeded'), false).step).toBe('refuse')
  expect(afterLook(failed('unavailable'), false).step).toBe('list')
  expect(afterLook({ error: new TypeError('network') }, false).step).toBe('list')
})
