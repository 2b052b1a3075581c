import { expect, test } from 'vitest'
import { parseExactJson } from '../exact-json'
import { type EventMessage, formatEnvelope, withRepeats } from './envelope'

const message: EventMessage = {
  ...{ msgType: 'custom', eventId: 'e', nodeId: 'n', requestId: 'r', originAddress: '192.0.2.1' },
  ...{ authUser: 'ada', authSource: 'USER_FROM_UI', authVia: 'api', outcome: 'success' },
}

test('an event tells what it was told, digit by digit, also with a count', () => {
  const text = '{"bytes":18446744073709551616,"__proto__":{"a":9007199254740993}}'
  const customMsgParams = parseExactJson(text)
  const at = new Date('2026-02-19T15:05:02.441Z')
  const line = formatEnvelope({
    ...{ topic: 'generic', apiCall: 'POST /x', callTimeMs: 1, at },
    message: { ...message, customMsgParams },
  })
  expect(line).toContain(`"customMsgParams":${text}`)
  expect(withRepeats(line, 2)).toBe(line.replace(text, `${text},"count":2`))
})
