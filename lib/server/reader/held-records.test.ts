import { describe, expect, it } from 'vitest'
import { formatSchema } from '#lib/domain/formats/catalogue'
import { cut, NEVER } from '#lib/server/testing/read-bytes'
import { cutText, MAX_CELL_CHARS } from './cut-text'
import { readRecords } from './read-records'

const MOST = 8 * 1024 * 1024

/** What is held of a record of so many characters between two short ones, and the reasons of what is told. */
async function readBetween(type: string, record: string) {
  const bytes = Buffer.from(`${record.slice(0, 6)}"}\n${record}\n${record.slice(0, 6)}"}\n`)
  const format = formatSchema.parse({
    type,
    params: type === 'csv' ? { separator: ';', style: 'no_escape_no_quote', parseHeaderRow: false } : {},
  })
  const reading = readRecords(
    { bytes: cut(bytes, [300_000]), path: '/a' },
    format,
    { recordFaults: 'keep' },
    NEVER,
  )
  const held: (number | undefined)[] = []
  for await (const batch of reading)
    for (let index = 0; index < batch.count; index++)
      held.push(batch.tooLarge(index) === undefined ? batch.text(index).length : undefined)
  return { held, reasons: reading.facts.problems.map(({ reason }) => reason) }
}

describe.each([MOST - 1, MOST, MOST + 1])('a record of %i characters', (chars) => {
  const isHeld = chars <= MOST
  const record = `{"a":"${'x'.repeat(chars - 8)}"}`

  it.each([
    ['line', []],
    ['json', ['record-too-large']],
    ['csv', ['ERR_DATASET_CSV_ROW_TOO_LARGE']],
  ] as const)('is held up to 8 MiB as %s, and the ones beside it are read', async (type, told) => {
    expect(await readBetween(type, record)).toEqual({
      held: [8, isHeld ? chars : undefined, 8],
      reasons: isHeld ? [] : told,
    })
  })
})

it.each([-1, 0, 1])('a value of 64 Ki characters and %i is sent up to that', (over) => {
  const text = 'x'.repeat(MAX_CELL_CHARS + over)
  expect(cutText(text)).toBe(text.slice(0, MAX_CELL_CHARS))
})
