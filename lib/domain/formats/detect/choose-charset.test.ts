import { expect, test } from 'vitest'
import { chooseCharset, proposedCharset, sumCompressions } from './choose-charset'

const file = (text: string, encoding: BufferEncoding = 'utf8') => ({
  bytes: Buffer.from(text, encoding),
  whole: true,
})
const PLAIN = file('id,name\n1,Ann\n')
const LATIN = file('Größe;Straße\nÜbung;für\nschöne;Grüße\n', 'latin1')
const UTF8 = file('Größe;Straße\n')

test('files with more than ASCII decide, whatever the others are', () => {
  expect(chooseCharset([PLAIN, PLAIN, LATIN])).toMatchObject({ name: 'windows-1252' })
  expect(chooseCharset([PLAIN, UTF8, PLAIN])).toMatchObject({ name: 'utf8' })
  expect(chooseCharset([PLAIN, PLAIN])).toMatchObject({
    name: 'utf8',
    evidence: 'Only ASCII in all 2 files so far: nearly every charset reads it the same.',
  })
  expect(chooseCharset([])).toMatchObject({ name: 'utf8', confidence: 0 })
})

test('files that disagree are told, and make it less sure', () => {
  const agreed = chooseCharset([UTF8, UTF8])
  const { name, confidence, evidence } = chooseCharset([UTF8, UTF8, LATIN])
  expect(name).toBe('utf8')
  expect(confidence).toBeLessThan(agreed.confidence)
  expect(evidence).toContain('1 of 3 files looks like windows-1252 instead.')
})

test('compressions are counted, the most frequent first', () => {
  expect(sumCompressions(['gzip', 'none', 'gzip'])).toEqual({
    name: 'gzip',
    evidence: 'By the first bytes, 2 of 3 files are gzip, 1 is not compressed. Each is read as it is.',
  })
  expect(sumCompressions(['none']).evidence).toBe('By the first bytes, the file is not compressed.')
  expect(sumCompressions([]).name).toBe('none')
})

test('a weak guess for a charset that hardly any file has is not proposed', () => {
  const guess = { name: 'macintosh', confidence: 0.47, evidence: '' }
  expect(proposedCharset(guess)).toBe('utf8')
  expect(proposedCharset({ ...guess, confidence: 0.9 })).toBe('macintosh')
  expect(proposedCharset({ ...guess, name: 'windows-1252' })).toBe('windows-1252')
})

test('a confidence is given in hundredths', () => {
  const text = Buffer.from(`${'ü'.repeat(22)}\n`)
  expect(chooseCharset([{ bytes: text, whole: true }]).confidence).toBe(1)
  expect(chooseCharset([{ bytes: Buffer.from('ü'.repeat(3)), whole: true }]).confidence).toBe(0.97)
})
