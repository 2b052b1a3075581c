import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { openSecret, sealSecret } from './secrets'

const PLACE = 'connection/0190/secret'
const key = randomBytes(32)
const other = randomBytes(32)
const text = fc.string({ unit: 'grapheme', maxLength: 300 })

/** True when the bytes do not open, and the error says neither the text nor a key. */
function refuses(sealed: Uint8Array, place = PLACE, keys = [key]): boolean {
  try {
    openSecret(sealed, place, keys)
    return false
  } catch (error) {
    return error instanceof Failure && error.details.reason === 'secret-unreadable'
  }
}

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(text, fc.string(), (secret, place) => {
      expect(openSecret(sealSecret(secret, place, key), place, [key])).toBe(secret)
    }),
  )
})

test('the same text is never sealed to the same bytes, nor found in them', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
  const sealed = [sealSecret(secret, PLACE, key), sealSecret(secret, PLACE, key)] as const
  expect(sealed[0].equals(sealed[1])).toBe(false)
  expect(sealed[0].subarray(1, 13).equals(sealed[1].subarray(1, 13))).toBe(false)
  expect(sealed[0].includes(secret)).toBe(false)
})

test('the previous key opens while keys are rotated, in any order', () => {
  const sealed = sealSecret('kept', PLACE, other)
  expect(openSecret(sealed, PLACE, [key, other])).toBe('kept')
  expect(openSecret(sealed, PLACE, [other, key])).toBe('kept')
  expect(refuses(sealed, PLACE, [key])).toBe(true)
  expect(refuses(sealed, PLACE, [])).toBe(true)
})

test('every bit counts', () => {
  const sealed = sealSecret('secret access key', PLACE, key)
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const flipped = Buffer.from(sealed)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(refuses(flipped), `bit ${bit}`).toBe(true)
  }
})

test('a secret that was cut short or continued does not open', () => {
  const sealed = sealSecret('secret access key', PLACE, key)
  for (let length = 0; length < sealed.length; length++)
    expect(refuses(sealed.subarray(0, length))).toBe(true)
  expect(refuses(Buffer.concat([sealed, Buffer.of(0)]))).toBe(true)
  // An empty text is its header alone, and still not a cut one.
  expect(openSecret(sealSecret('', PLACE, key), PLACE, [key])).toBe('')
})

test('a secret opens at its own place only', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (place, elsewhere) => {
      fc.pre(place !== elsewhere)
      expect(refuses(sealSecret('secret', place, key), elsewhere)).toBe(true)
    }),
  )
})

test('halves of two secrets do not make one', () => {
  const [first, second] = [sealSecret('one', PLACE, key), sealSecret('two', PLACE, key)]
  expect(refuses(Buffer.concat([first.subarray(0, 61), second.subarray(61)]))).toBe(true)
})

test('whatever the bytes are, they open or are refused', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => refuses(bytes)))
})
