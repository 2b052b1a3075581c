import { expect, test } from 'vitest'
import { detectCharset } from '../detect-charset'
import { chooseCharset, proposedCharset } from './choose-charset'

/** Written by Python 3.11 as cp850, the last one as cp437. */
const DOS: [what: string, base64: string][] = [
  [
    'German',
    'bmFtZTtvcnQKTYFsbGVyO0uUbG4KR3Jv4TtHaWXhZW4KSpRyZztXgXJ6YnVyZwpChGNrZXI7ToFybmJlcmcKmXp0gXJrO0eUdHRpbmdlbgo=',
  ],
  ['French', 'bm9tLHZpbGxlCkiCbIpuZSxPcmyCYW5zCkZyYW6Hb2lzLEJlc2Fuh29uCpByaWMskHZyeQpab4IsToxtZXMK'],
  ['Spanish', 'bm9tYnJlLGNpdWRhZApNdaRveixNoGxhZ2EKUGWkYSxDonJkb2JhCklioKRleixMZaJuCg=='],
  ['Swedish', 'bmFtbixvcnQKj3NhLE1hbG2UCkJqlHJuLFaEc3RlcoZzCkeUcmFuLEeEdmxlCg=='],
  [
    'one German name',
    'bmFtZTt4Ck2BbGxlcjsxCk1leWVyOzIKTWV5ZXI7MgpNZXllcjsyCk1leWVyOzIKTWV5ZXI7MgpNZXllcjsyCk1leWVyOzIKTWV5ZXI7MgpNZXllcjsyCk1leWVyOzIKTWV5ZXI7MgpNZXllcjsyCk1leWVyOzIK',
  ],
  [
    'French of code page 437',
    'bm9tLHZpbGxlCkiCbIpuZSxPcmyCYW5zCkZyYW6Hb2lzLEJlc2Fuh29uCpByaWMskHZyeQpab4IsToxtZXMK',
  ],
]

test.each(DOS)('%s as DOS wrote it is named, and not shown with wrong letters', (_, written) => {
  const guess = chooseCharset([{ bytes: Buffer.from(written, 'base64'), whole: true }])
  expect(guess.evidence).toMatch(/^Looks like a code page of DOS \(850 or 437\)/)
  expect(guess.confidence).toBeLessThan(0.5)
  expect(proposedCharset(guess)).toBe('utf8')
})

test.each(['latin1'] as const)('the same texts as %s are read as windows-1252', (encoding) => {
  for (const text of [
    'name;ort\nMüller;Köln\nGroß;Gießen\n',
    'Hélène,Orléans\nFrançois,Besançon\n',
    'Åsa,Malmö\n',
  ])
    expect(detectCharset(Buffer.from(text, encoding), true)[0]?.name).toBe('windows-1252')
})
