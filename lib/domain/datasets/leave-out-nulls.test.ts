import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { leaveOutNulls } from './leave-out-nulls'

const shape = z.looseObject({
  name: z.string(),
  comment: z.string().optional(),
  bucket: z.string().nullable(),
  mode: z.enum(['ALL', 'NONE']).optional(),
  list: z.array(z.looseObject({ size: z.number().optional() })).optional(),
  part: z.looseObject({}).optional(),
  map: z.record(z.string(), z.string()).optional(),
})

describe('leaveOutNulls', () => {
  it.each([
    [{ name: null, comment: null, mode: null }, {}],
    [
      { name: 'a', list: [{ size: null, other: null }] },
      { name: 'a', list: [{ other: null }] },
    ],
    [{ name: 'a', bucket: null, unknown: null }, undefined],
    [{ name: 'a', list: null, part: null, map: null }, undefined],
    [{ name: 'a', list: [null] }, undefined],
    [null, undefined],
    ['text', undefined],
  ])('of %j leaves %j', (json, left) => {
    const before = structuredClone(json)
    expect(leaveOutNulls(json, shape)).toEqual(left === undefined ? json : left)
    expect(json).toEqual(before)
  })
})
