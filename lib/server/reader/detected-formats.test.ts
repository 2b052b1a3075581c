import { describe, expect, test } from 'vitest'
import { detectFormat } from '#lib/domain/formats/detect/detect-format'
import { DETECTION_SAMPLES } from '#lib/domain/formats/detect/samples/all-samples'
import { toTextSamples } from '#lib/domain/formats/detect/samples/judge-sample'
import type { DetectionSample } from '#lib/domain/formats/detect/samples/sample'
import type { FormatCandidate } from '#lib/domain/formats/detection'
import { cut, NEVER } from '#lib/server/testing/read-bytes'
import { readRecords } from './read-records'

/** Reads all files of a sample with a candidate's settings. */
async function readAll({ files }: DetectionSample, { format }: FormatCandidate) {
  const columns = new Set<string>()
  let [records, unparsed] = [0, 0]
  for (const [index, text] of files.entries()) {
    const source = { bytes: cut(Buffer.from(text), []), path: `/${index}` }
    const reading = readRecords(source, format, { recordFaults: 'keep' }, NEVER)
    for await (const batch of reading) {
      records += batch.count
      for (let at = 0; at < batch.count; at++) if (batch.unparsed(at) !== undefined) unparsed++
    }
    for (const { name } of reading.facts.columns) columns.add(name)
  }
  return { columns: [...columns], records, unparsed }
}

describe('what is detected is what the reader then reads', () => {
  const alike = DETECTION_SAMPLES.map((sample, number) => ({ ...sample, number })).filter(
    ({ differsByFile }) => !differsByFile,
  )
  test.each(alike)('$number $kind', async (sample) => {
    const [first] = detectFormat(toTextSamples(sample))
    if (first === undefined) throw new Error('no candidate')
    const read = await readAll(sample, first)
    const isHeaderAlone = first.format.type === 'csv' && sample.files.join('').split('\n').length === 2
    expect(read.records > 0 || isHeaderAlone).toBe(true)
    // The reader sees all of the files, so that it may know more columns, and never others.
    const known = new Set(read.columns)
    expect(first.columns.filter((name) => !known.has(name))).toEqual([])
    if (first.format.type !== 'json') expect(read.columns).toEqual(first.columns)
    expect(read.unparsed).toBeLessThanOrEqual(read.records * 0.2)
  })
})
