import { describe, expect, it } from 'vitest'
import { CHARSETS, charsetLabels, charsetName, findEncoding, refuseCharset } from './charsets'

describe('charsets', () => {
  it('means by each label what the platform means', () => {
    for (const [label, encoding] of charsetLabels()) {
      expect(findEncoding(label)).toBe(encoding)
      expect(new TextDecoder(label).encoding).toBe(encoding)
    }
  })

  it('offers each encoding by a name that it finds', () => {
    expect(CHARSETS).toHaveLength(39)
    for (const name of CHARSETS) {
      const encoding = findEncoding(name)
      if (encoding === undefined) throw new Error(name)
      expect(charsetName(encoding)).toBe(name)
    }
  })

  it.each([
    ['UTF8', 'utf-8'],
    [' latin1\t', 'windows-1252'],
    ['iso-8859-9', 'windows-1254'],
    ['UTF16LE', 'utf-16le'],
    ['constructor', undefined],
    ['utf-7', undefined],
    ['\u212aoi8-r', undefined],
    ['\u00a0latin1', undefined],
    ['', undefined],
  ])('finds %j', (label, encoding) => expect(findEncoding(label)).toBe(encoding))

  it('says why it refuses one', () => {
    expect(refuseCharset('latin1')).toBeUndefined()
    expect(refuseCharset('klingon')).toBe('This charset is not known.')
    for (const label of [
      'csiso2022kr',
      'HZ-GB-2312',
      'iso-2022-cn',
      'iso-2022-cn-ext',
      'iso-2022-kr',
      'replacement',
    ]) {
      expect(refuseCharset(label)).toContain('convert the files to UTF-8')
    }
  })
})
