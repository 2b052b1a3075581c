import 'server-only'
import { decodeEntities, XmlCursor, XmlError } from './xml-cursor'

/** One object of a listing, by its key. */
export interface ListedKey {
  key: string
  sizeBytes: number
  modifiedAtMs: number
  etag: string
  storageClass: string
}

/** A page of ListObjectsV2. */
export interface Listing {
  keys: ListedKey[]
  commonPrefixes: string[]
  truncated: boolean
  nextToken: string | undefined
}

/**
 * Reads a page of ListObjectsV2; elements it does not know are skipped. Throws `XmlError` on anything that is not one.
 * The body is walked as Latin-1, so that offsets are bytes and each text kept is copied out of the body: a slice of the
 * page would keep the whole page in memory.
 */
export function scanListing(body: Buffer): Listing {
  const cursor = new XmlCursor(body.toString('latin1'))
  if (!cursor.enter() || !cursor.isAt('ListBucketResult')) throw new XmlError('not a listing')
  const urlEncoded = cursor.text.includes('<EncodingType>url</EncodingType>')
  const texts = new Texts(body, urlEncoded)
  const listing: Listing = { keys: [], commonPrefixes: [], truncated: false, nextToken: undefined }
  while (cursor.enter()) {
    if (cursor.isAt('Contents')) listing.keys.push(scanContents(cursor, texts))
    else if (cursor.isAt('CommonPrefixes')) listing.commonPrefixes.push(scanPrefix(cursor, texts))
    else if (cursor.isAt('IsTruncated')) {
      cursor.leaf()
      listing.truncated = texts.plain(cursor) === 'true'
    } else if (cursor.isAt('NextContinuationToken')) {
      cursor.leaf()
      listing.nextToken = decodeEntities(texts.plain(cursor))
    } else cursor.skip()
  }
  return listing
}

function scanContents(cursor: XmlCursor, texts: Texts): ListedKey {
  let key: string | undefined
  let sizeBytes = -1
  let modifiedAtMs = Number.NaN
  let etag = ''
  let storageClass = 'STANDARD'
  while (cursor.enter()) {
    switch (cursor.name) {
      case 'Key':
        cursor.leaf()
        key = texts.key(cursor)
        break
      case 'Size':
        cursor.leaf()
        sizeBytes = scanNumber(cursor)
        break
      case 'LastModified':
        cursor.leaf()
        modifiedAtMs = Date.parse(cursor.text.slice(cursor.start, cursor.end))
        break
      case 'ETag':
        cursor.leaf()
        etag = texts.etag(cursor)
        break
      case 'StorageClass':
        cursor.leaf()
        if (!cursor.text.startsWith('STANDARD<', cursor.start)) storageClass = texts.plain(cursor)
        break
      default:
        cursor.skip()
    }
  }
  if (key === undefined || key === '' || sizeBytes < 0 || Number.isNaN(modifiedAtMs)) {
    throw new XmlError('an entry without key, size or date')
  }
  return { key, sizeBytes, modifiedAtMs, etag, storageClass }
}

function scanPrefix(cursor: XmlCursor, texts: Texts): string {
  let prefix = ''
  while (cursor.enter()) {
    if (cursor.isAt('Prefix')) {
      cursor.leaf()
      prefix = texts.key(cursor)
    } else cursor.skip()
  }
  if (prefix === '') throw new XmlError('a common prefix without text')
  return prefix
}

function scanNumber(cursor: XmlCursor): number {
  let value = 0
  for (let at = cursor.start; at < cursor.end; at++) {
    const digit = cursor.text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) throw new XmlError('a size that is no number')
    value = value * 10 + digit
  }
  if (cursor.end === cursor.start || !Number.isSafeInteger(value))
    throw new XmlError('a size that is no number')
  return value
}

/** Copies texts out of a body. */
class Texts {
  constructor(
    private readonly body: Buffer,
    private readonly urlEncoded: boolean,
  ) {}

  plain({ start, end }: XmlCursor): string {
    return this.body.toString('utf8', start, end)
  }

  key(cursor: XmlCursor): string {
    const text = decodeEntities(this.plain(cursor))
    if (!this.urlEncoded || !(text.includes('%') || text.includes('+'))) return text
    try {
      return decodeURIComponent(text.replaceAll('+', ' '))
    } catch {
      throw new XmlError('a key that is not encoded as announced')
    }
  }

  etag(cursor: XmlCursor): string {
    const { text, start, end } = cursor
    // The usual form, for speed: one of these per object of a listing.
    if (text.startsWith(QUOTE, start) && text.startsWith(QUOTE, end - QUOTE.length)) {
      return this.body.toString('latin1', start + QUOTE.length, end - QUOTE.length)
    }
    return decodeEntities(this.plain(cursor)).replaceAll('"', '')
  }
}

const QUOTE = '&quot;'
