import { S3Error } from './errors.mjs'

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
const MAX_DEPTH = 16

/** @type {Record<string, string>} */
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** @typedef {{ name: string, text: string, children: XmlElement[] }} XmlElement */

/** @param {string} text @returns {string} */
export function escapeXml(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: object keys may hold them, and XML must not
  return text.replace(/[&<>"\u0000-\u001f\u007f\ufffe\uffff]/g, (char) => {
    if (char === '&') return '&amp;'
    if (char === '<') return '&lt;'
    if (char === '>') return '&gt;'
    if (char === '"') return '&quot;'
    return `&#${char.charCodeAt(0)};`
  })
}

/** An element around markup. @param {string} name @param {...string} children @returns {string} */
export function element(name, ...children) {
  return `<${name}>${children.join('')}</${name}>`
}

/**
 * An element around plain text; nothing at all for an absent value.
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value
 * @returns {string}
 */
export function textElement(name, value) {
  return value === undefined || value === null ? '' : `<${name}>${escapeXml(String(value))}</${name}>`
}

/** A whole answer in the S3 namespace. @param {string} root @param {...string} children @returns {string} */
export function xmlDocument(root, ...children) {
  return `${DECLARATION}<${root} xmlns="${NAMESPACE}">${children.join('')}</${root}>`
}

/** An `<Error>` answer, which carries no namespace. @param {...string} children @returns {string} */
export function errorDocument(...children) {
  return DECLARATION + element('Error', ...children)
}

/**
 * Reads the small documents S3 clients send. No DTD, comment or CDATA is accepted, so nothing can expand.
 * @param {string} text
 * @returns {XmlElement} the root; throws MalformedXML
 */
export function parseXml(text) {
  const token = /<\?[^>]*\?>|<\/([^\s<>]+)\s*>|<([^\s<>/!?]+)([^<>]*)>|([^<]+)/y
  /** @type {XmlElement} */
  const document = { name: '', text: '', children: [] }
  const open = [document]
  const source = text.replace(/^\ufeff/, '')
  while (token.lastIndex < source.length) {
    const match = token.exec(source)
    const current = open.at(-1)
    if (!match || !current) throw malformed()
    const [, closing, opening, attributes, characters] = match
    if (characters !== undefined) current.text += unescapeXml(characters)
    else if (closing !== undefined) {
      if (open.length < 2 || current.name !== localName(closing)) throw malformed()
      open.pop()
    } else if (opening !== undefined) {
      const child = { name: localName(opening), text: '', children: [] }
      current.children.push(child)
      if (!attributes?.endsWith('/')) open.push(child)
      if (open.length > MAX_DEPTH) throw malformed()
    }
  }
  const [root] = document.children
  if (open.length !== 1 || document.children.length !== 1 || !root || document.text.trim()) throw malformed()
  return root
}

/** The text of the first child of that name. @param {XmlElement} parent @param {string} name @returns {string | undefined} */
export function childText(parent, name) {
  return parent.children.find((child) => child.name === name)?.text
}

/** @param {string} name */
function localName(name) {
  return name.replace(/\/$/, '').replace(/^[^:]*:/, '')
}

/** @param {string} text */
function unescapeXml(text) {
  return text.replace(/&([^;&]{0,10});?/g, (whole, name) => {
    if (!whole.endsWith(';')) throw malformed()
    const reference = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name)
    if (!reference) return ENTITIES[name] ?? fail()
    const codePoint = reference[1] ? Number.parseInt(reference[1], 16) : Number(reference[2])
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) throw malformed()
    return String.fromCodePoint(codePoint)
  })
}

/** @returns {never} */
function fail() {
  throw malformed()
}

function malformed() {
  return new S3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our schema.',
  )
}
