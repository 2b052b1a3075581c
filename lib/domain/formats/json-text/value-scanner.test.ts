import fc from 'fast-check'
import { expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { jsonPiece } from './json-text.arbitraries'
import { isBlank } from './tokens'
import { JsonValueScanner } from './value-scanner'

const noise = fc.oneof(
  fc.array(jsonPiece, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.array(jsonPiece, { maxLength: 8 }).map((parts) => `{"a":${parts.join('')}}`),
  fc.array(jsonPiece, { maxLength: 8 }).map((parts) => `["${parts.join('')}"]`),
  fc.json().chain((text) => fc.nat(text.length).map((end) => text.slice(0, end))),
  fc.json({ stringUnit: 'binary' }),
)

it('takes for valid what JSON.parse does, in any pieces', () => {
  fc.assert(
    fc.property(noise, fc.integer({ min: 1, max: 5 }), (text, size) => {
      expect([isValid(text, size), text]).toEqual([isJson(text), text])
    }),
    propertyRuns(20_000),
  )
})

function isValid(text: string, size: number): boolean {
  const scanner = new JsonValueScanner()
  scanner.begin()
  let rest = ''
  for (let at = 0; at < text.length; at += size) {
    const piece = text.slice(at, at + size)
    rest += piece.slice(scanner.scan(piece, 0))
    if (scanner.fault !== undefined) return false
  }
  scanner.end()
  return scanner.done && Array.from(rest).every((character) => isBlank(character.charCodeAt(0)))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
