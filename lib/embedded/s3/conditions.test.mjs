import { describe, expect, it } from 'vitest'
import { StoredObject } from './catalogue.mjs'
import { checkWriteCondition, isNotModified, matchesEtag, parseRange } from './conditions.mjs'

const MODIFIED_MS = Date.UTC(2026, 10, 22, 8, 0, 0, 500)
const object = new StoredObject(10, 'abc', MODIFIED_MS, [], {}, null)
const at = new Date(MODIFIED_MS).toUTCString()
const before = new Date(MODIFIED_MS - 1000).toUTCString()

describe('parseRange', () => {
  it.each([
    ['bytes=0-3', { start: 0, end: 4 }],
    ['bytes=4-', { start: 4, end: 10 }],
    ['bytes=-3', { start: 7, end: 10 }],
    ['bytes=-99', { start: 0, end: 10 }],
    ['bytes=9-99', { start: 9, end: 10 }],
    ['bytes=3-1', null],
    ['bytes=-', null],
    ['bytes=0-1,3-4', null],
    ['lines=0-1', null],
    [undefined, null],
  ])('%s of ten bytes', (header, range) => {
    expect(parseRange(header, 10)).toEqual(range)
  })

  it.each([
    ['bytes=10-', 10],
    ['bytes=-0', 10],
    ['bytes=0-', 0],
  ])('%s of %i bytes cannot be satisfied', (header, sizeBytes) => {
    expect(() => parseRange(header, sizeBytes)).toThrow('not satisfiable')
  })
})

describe('isNotModified', () => {
  it.each([
    [{}, false],
    [{ 'if-none-match': '"abc"' }, true],
    [{ 'if-none-match': '"x", W/"abc"' }, true],
    [{ 'if-none-match': '"x"' }, false],
    [{ 'if-modified-since': at }, true],
    [{ 'if-modified-since': before }, false],
    [{ 'if-none-match': '"x"', 'if-modified-since': at }, false],
    [{ 'if-match': '"abc"', 'if-unmodified-since': before }, false],
    [{ 'if-modified-since': 'nonsense' }, false],
  ])('%j', (headers, expected) => {
    expect(isNotModified(object, headers)).toBe(expected)
  })

  it.each([[{ 'if-match': '"x"' }], [{ 'if-unmodified-since': before }]])('%j fails', (headers) => {
    expect(() => isNotModified(object, headers)).toThrow('pre-conditions')
  })
})

describe('checkWriteCondition', () => {
  const condition = (ifMatch, ifNoneMatch) => ({ ifMatch, ifNoneMatch })

  it('holds', () => {
    checkWriteCondition(undefined, condition(undefined, '*'), 'k')
    checkWriteCondition(object, condition('"abc"', undefined), 'k')
    checkWriteCondition(object, condition(undefined, undefined), 'k')
  })

  it.each([
    [object, undefined, '*', 'PreconditionFailed'],
    [object, '"x"', undefined, 'PreconditionFailed'],
    [undefined, '"x"', undefined, 'NoSuchKey'],
  ])('fails: %o %s %s', (existing, ifMatch, ifNoneMatch, code) => {
    expect(() => checkWriteCondition(existing, condition(ifMatch, ifNoneMatch), 'k')).toThrow(
      expect.objectContaining({ code }),
    )
  })

  it('takes * for any ETag', () => {
    expect(matchesEtag('*', 'abc')).toBe(true)
  })
})
