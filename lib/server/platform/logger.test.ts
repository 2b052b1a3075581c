import { expect, test } from 'vitest'
import { createLogger } from './logger'

const CANARY = 'hunter2-canary'

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = ''
  write(createLogger({ write: (line) => (text += line) }))
  return text
}

test.each([
  ['at the top', { password: CANARY }],
  ['one level down', { user: { secret: CANARY, apiKey: CANARY } }],
  ['two levels down', { request: { headers: { authorization: CANARY, cookie: CANARY } } }],
])('a secret %s is hidden', (_, fields) => {
  const text = logged((logger) => logger.info(fields, 'said'))
  expect(text).toContain('hidden')
  expect(text).not.toContain(CANARY)
})

test('an error tells its causes, and nothing of what a driver hangs onto it', () => {
  const cause = Object.assign(new Error('refused'), { code: '28P01', client: { config: { pass: CANARY } } })
  const err = Object.assign(new Error('no connection', { cause }), { meta: { row: CANARY } })
  const entry = logged((logger) => logger.error({ err, requestId: 'r-1' }, 'failed'))
  expect(entry).not.toContain(CANARY)
  expect(JSON.parse(entry)).toMatchObject({
    level: 50,
    requestId: 'r-1',
    err: { type: 'Error', message: 'no connection', cause: { message: 'refused', code: '28P01' } },
  })
})

test('what is thrown without being an error is not written out', () => {
  expect(logged((logger) => logger.error({ err: { password: CANARY } }, 'failed'))).not.toContain(CANARY)
})

test('an error that goes round in circles, or on and on, ends', () => {
  const err = new Error('x'.repeat(100_000))
  err.cause = err
  expect(logged((logger) => logger.error({ err }, 'failed')).length).toBeLessThan(100_000)
})
