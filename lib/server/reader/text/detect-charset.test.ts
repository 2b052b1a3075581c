import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { charsetLabels, findEncoding } from '#lib/domain/formats/charsets'
import { detectCharset } from '#lib/domain/formats/detect-charset'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { CHARSET_SAMPLES, type CharsetSample } from '#lib/server/testing/charset-samples'

function encode({ charset, text }: CharsetSample): Buffer {
  const bytes =
    charset === 'iso-2022-jp' ? encodeIso2022Jp(text) : iconv.encode(text, charset, { addBOM: false })
  expect(charset === 'iso-2022-jp' || iconv.decode(bytes, charset) === text, text).toBe(true)
  return bytes
}

/** EUC-JP without its upper bits, between escapes. */
function encodeIso2022Jp(text: string): Buffer {
  const parts = text.split(/([^\0-\x7f]+)/).map((part, place) => {
    if (place % 2 === 0) return Buffer.from(part)
    const bytes = iconv.encode(part, 'euc-jp').map((byte) => byte & 0x7f)
    return Buffer.concat([Buffer.from('\x1b$B'), bytes, Buffer.from('\x1b(B')])
  })
  return Buffer.concat(parts)
}

describe('a charset by evidence', () => {
  const rows = CHARSET_SAMPLES.map((sample) => {
    const bytes = encode(sample)
    const guesses = detectCharset(bytes, true)
    const encoding = findEncoding(guesses[0]?.name ?? '') ?? 'utf-8'
    const isHit = new TextDecoder(encoding).decode(bytes) === new TextDecoder(sample.charset).decode(bytes)
    return { ...sample, guesses, isHit }
  })

  it('reads nearly all samples right that were not used to choose the probabilities', () => {
    const blind = rows.filter(({ chosenBy }) => chosenBy !== true)
    const missed = blind.filter(({ isHit }) => !isHit)
    const summary = missed.map(({ charset, text, guesses }) => ({ charset, text, guesses }))
    expect(blind.length).toBeGreaterThanOrEqual(50)
    expect(missed.length / blind.length, JSON.stringify(summary, null, 1)).toBeLessThanOrEqual(0.04)
  })

  it('reads all others right', () => {
    expect(rows.filter(({ chosenBy, isHit }) => chosenBy === true && !isHit)).toEqual([])
  })

  it('reads the same when a character is cut at the end', () => {
    for (const { charset, text, isHit } of CHARSET_SAMPLES.map((sample, at) => ({
      ...sample,
      ...rows[at],
    }))) {
      if (isHit !== true) continue
      const bytes = encode({ charset, text })
      const cut = bytes.subarray(0, bytes.length - 2)
      const [best] = detectCharset(cut, false)
      const [whole] = detectCharset(bytes, true)
      expect(best?.name, text).toBe(whole?.name)
    }
  })

  it.each([
    ['', 'utf8', 0.5, 'There are no bytes to tell by.'],
    ['efbbbf41', 'utf8', 1, 'Begins with the byte order mark of UTF-8.'],
    ['fffe4100', 'utf-16le', 1, 'Begins with the byte order mark of UTF-16LE.'],
    ['feff0041', 'utf-16be', 1, 'Begins with the byte order mark of UTF-16BE.'],
    ['410a', 'utf8', 0.99, 'Only ASCII in 2 bytes, which nearly every charset reads the same.'],
    ['c3a9', 'utf8', 0.9, 'Valid UTF-8 with 1 character of two bytes or more.'],
    [
      '41004200',
      'utf-16le',
      0.98,
      '100 % of all byte pairs have a zero as their second byte, as ASCII has in UTF-16LE.',
    ],
  ])('of %s is %s', (hex, name, confidence, evidence) => {
    expect(detectCharset(Buffer.from(hex, 'hex'), true)[0]).toEqual({ name, confidence, evidence })
  })

  it('takes no text with a stray NUL for UTF-16', () => {
    for (const text of ['10:00:00 INFO ready\0\n', 'Größe\0 und Gewähr\n', 'naïve\0 café\n'.repeat(9)]) {
      expect(detectCharset(Buffer.from(text), true)[0]?.name).toBe('utf8')
      expect(detectCharset(Buffer.from(text, 'latin1'), true)[0]?.name).not.toMatch(/^utf-16/)
    }
    for (const charset of ['utf-16le', 'utf-16be'])
      expect(detectCharset(iconv.encode('日本語の文章です。\n'.repeat(9), charset), true)[0]?.name).toBe(
        charset,
      )
  })

  it('takes UTF-8 with a few faults as that, and says so', () => {
    const bytes = Buffer.concat([Buffer.from('Größe '.repeat(107)), Buffer.of(0xff)])
    expect(detectCharset(bytes, true)[0]).toMatchObject({
      name: 'utf8',
      evidence: '214 characters of two bytes or more are valid UTF-8, 1 place is not.',
    })
  })

  it('counts no U+FFFD that was written as a fault', () => {
    expect(detectCharset(Buffer.from('caf\ufffd'), true)[0]?.evidence).toBe(
      'Valid UTF-8 with 1 character of two bytes or more.',
    )
  })

  it('names charsets that can be read for any bytes', () => {
    const names = new Set(charsetLabels().map(([label]) => label))
    const check = (bytes: Uint8Array, whole: boolean) => {
      const guesses = detectCharset(bytes, whole)
      expect(guesses.length).toBeGreaterThan(0)
      for (const { name, confidence, evidence } of guesses) {
        expect(names.has(name)).toBe(true)
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
        expect(evidence).toMatch(/^[A-Z0-9].*\.$/)
      }
      expect(new Set(guesses.map(({ name }) => name)).size).toBe(guesses.length)
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), check), propertyRuns(300))
  })
})
