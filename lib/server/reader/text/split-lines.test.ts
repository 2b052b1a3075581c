import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { bytes, cut, sizes } from '#lib/server/testing/read-bytes'
import { type LineLimits, splitLines } from './split-lines'

interface Split {
  lines: string[]
  /** Characters of lines that were too large to hold. */
  tooLarge: (number | undefined)[]
  failure?: string | undefined
}

async function split(input: Uint8Array, chunking: number[], limits: LineLimits): Promise<Split> {
  const found: Split = { lines: [], tooLarge: [] }
  async function* chunks() {
    for await (const chunk of cut(input, chunking)) yield Buffer.from(chunk)
  }
  try {
    for await (const batch of splitLines(chunks(), limits)) {
      if (batch.firstRecord !== found.lines.length + 1) throw new Error('records are numbered wrongly')
      for (let index = 0; index < batch.count; index++) {
        found.lines.push(batch.text(index))
        found.tooLarge.push(batch.tooLarge(index)?.chars)
      }
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    found.failure = error.details.reason
  }
  return found
}

/** The lines of a text that is whole: the rule itself. */
function linesOf(input: Uint8Array): string[] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(input)
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

const NO_LIMITS = { path: '/a.log', maxLineChars: 0 }
const same = (one: unknown[], other: unknown[]) =>
  one.length === other.length && one.every((value, index) => value === other[index])

describe('splitLines', () => {
  it('loses nothing and invents nothing, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, sizes, async (input, chunking) => {
        const { lines, failure } = await split(input, chunking, NO_LIMITS)
        return failure === undefined && same(lines, linesOf(input))
      }),
      propertyRuns('parser'),
    )
  })

  it('counts all of a line that is too large to hold, and shows its beginning', async () => {
    await fc.assert(
      fc.asyncProperty(
        bytes,
        sizes,
        fc.integer({ min: 1, max: 12 }),
        async (input, chunking, maxHeldBytes) => {
          const { lines, tooLarge } = await split(input, chunking, { ...NO_LIMITS, maxHeldBytes })
          const whole = linesOf(input)
          expect(lines.length).toBe(whole.length)
          for (const [index, line] of whole.entries()) {
            if (tooLarge[index] === undefined) expect(lines[index]).toBe(line)
            else expect(tooLarge[index]).toBe(line.length)
          }
        },
      ),
      propertyRuns(),
    )
  })

  it('gives the lines before one that is longer than allowed, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        bytes,
        sizes,
        fc.integer({ min: 1, max: 12 }),
        async (input, chunking, maxLineChars) => {
          const { lines, failure } = await split(input, chunking, { ...NO_LIMITS, maxLineChars })
          const whole = linesOf(input)
          const long = whole.findIndex((line) => line.length > maxLineChars)
          expect(lines).toEqual(long < 0 ? whole : whole.slice(0, long))
          expect(failure).toBe(long < 0 ? undefined : 'ERR_FORMAT_LINE_TOO_LARGE')
        },
      ),
      propertyRuns(),
    )
  })
})
