import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { ByteRoom } from './byte-room'

/** What our HTTP server does once bytes are sent. */
function send(piece: Buffer): string {
  const text = piece.toString()
  const { [Symbol.for('launchpad.on-sent')]: tell } = piece as Buffer &
    Record<symbol, (() => void) | undefined>
  tell?.()
  return text
}

test('what is written to again is what was sent, and nothing that waits', () => {
  const text = fc
    .tuple(fc.string({ unit: 'binary', maxLength: 8 }), fc.integer({ min: 0, max: 10_000 }))
    .map(([part, times]) => part.repeat(times))
  const words = fc.array(fc.tuple(text, fc.boolean()), { maxLength: 12 })
  fc.assert(
    fc.property(words, fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }), (added, sentAfter) => {
      const room = new ByteRoom()
      const waiting: Buffer[] = []
      let got = ''
      for (const [index, [text, isQuoted]] of added.entries()) {
        if (isQuoted) room.addQuoted(text)
        else room.addText(text)
        if (room.isEnough) waiting.push(...room.take())
        for (let sent = sentAfter[index] ?? 0; sent > 0 && waiting.length > 0; sent--)
          got += send(waiting.shift() as Buffer)
      }
      for (const piece of [...waiting, ...room.take()]) got += send(piece)
      const expected = added.map(([text, isQuoted]) => (isQuoted ? `"${text.replaceAll('"', '""')}"` : text))
      expect(got).toBe(expected.join(''))
    }),
    propertyRuns(500),
  )
})

test('pieces share their memory only with those that were sent before', () => {
  const room = new ByteRoom()
  const fill = () => {
    room.addText('x'.repeat(30_000))
    room.addText('y'.repeat(30_000))
    room.addText('z'.repeat(30_000))
    return room.take()
  }
  const first = fill()
  const second = fill()
  expect(new Set([...first, ...second].map(({ buffer }) => buffer)).size).toBe(first.length + second.length)
  for (const piece of first) send(piece)
  const third = [...fill(), ...fill()]
  expect(third.some(({ buffer }) => first.some((piece) => piece.buffer === buffer))).toBe(true)
})
