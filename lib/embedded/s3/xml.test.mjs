import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childText, element, escapeXml, parseXml, textElement, xmlDocument } from './xml.mjs'

describe('parseXml', () => {
  it('reads back whatever text was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(childText(parseXml(xmlDocument('Delete', textElement('Key', text))), 'Key')).toBe(text)
      }),
    )
  })

  it('never does anything but return or refuse', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '/', 'a', '&', ';', '#', 'x', '1', '!', '?') }),
        (text) => {
          try {
            parseXml(text)
          } catch (error) {
            expect(error.code).toBe('MalformedXML')
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  it.each([
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    '<a>&b;</a>',
    '<a><b></a></b>',
    '<a/><b/>',
    'text',
    '',
    '<a>&#xd800;</a>',
    `${'<a>'.repeat(50)}${'</a>'.repeat(50)}`,
  ])('refuses %s', (text) => {
    expect(() => parseXml(text)).toThrow('not well-formed')
  })

  it('takes prefixes, attributes, a declaration and empty elements', () => {
    const root = parseXml(
      '<?xml version="1.0"?>\n<s:Delete xmlns:s="x"><s:Quiet/><s:Key>a</s:Key></s:Delete>',
    )
    expect(root.name).toBe('Delete')
    expect(childText(root, 'Quiet')).toBe('')
    expect(childText(root, 'Key')).toBe('a')
  })
})

describe('escapeXml', () => {
  it('leaves nothing that could end an element or break XML 1.0', () => {
    expect(element('a', escapeXml('</a>&"\u0001\n'))).toBe('<a>&lt;/a&gt;&amp;&quot;&#1;&#10;</a>')
  })
})
