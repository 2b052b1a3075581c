import fc from 'fast-check'
import { expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { LinePosition } from './line-position'

const piece = fc
  .array(fc.constantFrom('\n', '\r', '\r\n', 'a', ' '), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))

it('counts lines and characters alike however the text is cut and wherever it is asked', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 6 }),
      fc.array(fc.nat(8), { maxLength: 12 }),
      (pieces, asked) => {
        const position = new LinePosition()
        for (const [index, text] of pieces.entries()) {
          position.moveTo(text, Math.min(asked[index] ?? 0, text.length))
          position.endPiece(text)
        }
        const text = pieces.join('')
        const lines = text.split(/\r\n|\r|\n/)
        const last = lines.at(-1) ?? ''
        expect([position.line, position.column, position.isIndent]).toEqual([
          lines.length,
          last.length,
          last.trim() === '',
        ])
      },
    ),
    propertyRuns(),
  )
})
