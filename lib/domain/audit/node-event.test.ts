import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '../property-runs.arbitraries'
import { parseNodeEvent } from './node-event'
import { splitEvents } from './split-events'

const read = (text: string) => {
  const parsed = parseNodeEvent(text)
  return parsed.ok ? parsed.value : parsed.issues[0]?.reason
}
const split = (body: string) => {
  const events = splitEvents(body)
  return events.ok ? events.value : events.issues[0]?.reason
}

describe('what is read off an event', () => {
  test.each([
    [
      '{"message":{"msgType":"login"}}',
      { topic: 'generic', stream: 'instance', msgType: 'login', eventId: null },
    ],
    [
      '{"topic":"apinode-query","message":{}}',
      { topic: 'apinode-query', stream: 'apinode', msgType: 'unknown' },
    ],
    ['{"logger":"dku.audit.authfail","message":{}}', { topic: 'authfail' }],
    [
      '{"clientEvent":{"msgType":"login","eventId":"e"},"origAddress":"10.0.0.1"}',
      { msgType: 'login', eventId: 'e' },
    ],
    [
      '{"clientEvent":{"topic":"apinode-query","message":{"msgType":"q"}}}',
      { stream: 'apinode', msgType: 'q' },
    ],
    [
      '{"message":{"authUser":"mira","projectKey":"CHURN"},"mdc":{"user":"other"}}',
      { actor: 'mira', projectKey: 'CHURN' },
    ],
    ['{"message":{},"mdc":{"user":"mira"}}', { actor: 'mira' }],
    ['{"message":{"eventId":17}}', { eventId: '17' }],
    ['{"message":{"eventId":12345678901234567890}}', { eventId: null }],
    ['{"message":{"eventId":"\\u0000"}}', { eventId: null }],
    ['{"message":{"eventId":"\\ud800","msgType":"a\\u0000b"}}', { eventId: null, msgType: 'ab' }],
    ['{"message":{"msgType":{"toString":"x"}}}', { msgType: 'unknown' }],
  ])('%s', (text, fields) => {
    expect(read(text)).toMatchObject({ ...fields, line: text })
  })

  test.each([
    '',
    '[]',
    '"text"',
    '{',
    'null',
    '{"message":1}',
    '{"message":[]}',
    '{"a":1}',
    '{"message":{}}x',
  ])('refuses %j', (text) => {
    expect(['not-an-object', 'no-message']).toContain(read(text))
  })

  test('keys that mean something to JavaScript mean nothing here', () => {
    const text =
      '{"__proto__":{"message":{"msgType":"a"}},"constructor":1,"message":{"__proto__":{"eventId":"x"}}}'
    expect(read(text)).toMatchObject({ line: text, eventId: null, msgType: 'unknown' })
    expect(Object.hasOwn(Object.prototype, 'message')).toBe(false)
  })
})

/** JSON as nodes may write it: any values, any white space between tokens, numbers beyond what a double holds. */
const json: fc.Arbitrary<string> = fc.letrec<{ value: string; array: string; object: string }>((tie) => {
  const space = fc.constantFrom('', ' ', '\t', '  ', '\r')
  const text = fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value))
  const number = fc.oneof(
    fc.constantFrom('12345678901234567890', '-0', '1.10', '1e400', '0.1000', '9007199254740993'),
    fc.integer().map(String),
  )
  const key = fc.oneof(text, fc.constantFrom('"__proto__"', '"constructor"', '"eventId"', '"\\ud800"'))
  const join = (open: string, close: string) => (parts: string[]) => `${open}${parts.join(',')}${close}`
  return {
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('null', 'true', '"\\ud83d"', '"\\/"'),
      number,
      text,
      tie('array'),
      tie('object'),
    ),
    array: fc
      .array(
        fc.tuple(space, tie('value'), space).map((parts) => parts.join('')),
        { maxLength: 4 },
      )
      .map(join('[', ']')),
    object: fc
      .array(
        fc.tuple(space, key, space, tie('value')).map(([a, k, b, v]) => `${a}${k}${b}:${v}`),
        { maxLength: 4 },
      )
      .map(join('{', '}')),
  }
}).object

const event = fc.tuple(json, json).map(([message, more]) => `{"message":${message},"more":${more}}`)
const withoutSpace = (text: string) => text.replaceAll('\r', ' ')

describe('whatever a node sends', () => {
  test('a line is delivered as it came, on one line', () => {
    fc.assert(
      fc.property(event, (text) => {
        const parsed = parseNodeEvent(text)
        expect(parsed.ok && parsed.value.line).toBe(withoutSpace(text))
        expect(parsed.ok && JSON.parse(parsed.value.line)).toEqual(JSON.parse(text))
      }),
      propertyRuns(),
    )
  })

  test('NDJSON and an array give the same events', () => {
    const breaks = fc.constantFrom('', '\n', '\r\n', ' \n  ')
    fc.assert(
      fc.property(fc.array(event, { maxLength: 3 }), breaks, (texts, gap) => {
        const lines = texts.map((text) => withoutSpace(text))
        expect(split(lines.join('\r\n\n'))).toEqual(
          lines.map((text, index) => ({ place: index * 2 + 1, text })),
        )
        expect(split(`${gap}[${gap}${texts.join(`${gap},${gap}`)}${gap}]${gap}`)).toEqual(
          texts.map((text, index) => ({ place: index + 1, text: text.replace(/[\r\n]+/g, ' ') })),
        )
      }),
      propertyRuns('parser'),
    )
  })

  test('nothing makes it throw or hang', () => {
    const noise = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((text) => `[${text}`),
      fc.json(),
    )
    fc.assert(
      fc.property(noise, (body) => {
        for (const { text } of splitEvents(body).ok ? (split(body) as { text: string }[]) : [])
          parseNodeEvent(text)
      }),
      propertyRuns('parser'),
    )
    expect(split('['.repeat(100_000))).toBe('not-json')
    expect(split('[]')).toEqual([])
    expect(split(' \n ')).toEqual([])
  })
})
