import { expect, test } from 'vitest'
import { parseExactJson, printExactJson } from '#lib/domain/exact-json'
import { lostFields } from '#lib/domain/field-tags'
import { tagFields } from './tag-fields'

const parse = (text: string) => parseExactJson(text) as Record<string, unknown>

test('how a number is spelled is part of its own mark, and no field', () => {
  const one = tagFields(parse('{"rate":1.0,"list":[1e5],"text":"a"}'))
  expect(Object.keys(one)).toEqual(['rate', 'list', 'text'])
  const other = tagFields(parse('{"rate":1,"list":[1e5],"text":"a"}'))
  expect(other).toEqual({ ...one, rate: other.rate })
  expect(other.rate).not.toBe(one.rate)
})

test('a number is changed by who read it, whatever others changed meanwhile', () => {
  const first = parse('{"rate":1.0,"description":"a"}')
  const read = JSON.parse(printExactJson(tagFields(first)))
  const current = { ...first, description: 'b' }
  for (const rate of ['2.0', '2', '1']) {
    const sent = parse(`{"rate":${rate},"description":"b"}`)
    expect(lostFields({ now: tagFields(current), sent: tagFields(sent), read })).toEqual([])
  }
})
