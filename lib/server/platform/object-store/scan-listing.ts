import 'server-only'
import { decodeEntities, XmlCursor, XmlError } from './xml-cursor'

/** One object of a listing, by its key. Its ETag, which a listing has no use for, is not copied. */
export interface ListedKey {
  key: string
  sizeBytes: number
  modifiedAtMs: number
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
  let storageClass = 'STANDARD'
  for (;;) {
    // The elements as S3 writes them, for speed: there are five for each of a million keys.
    if (cursor.leafAt('<Key>', '</Key>')) key = texts.key(cursor)
    else if (cursor.leafAt('<LastModified>', '</LastModified>')) modifiedAtMs = texts.dates.read(cursor)
    else if (cursor.leafAt('<ETag>', '</ETag>')) continue
    else if (cursor.leafAt('<Size>', '</Size>')) sizeBytes = scanNumber(cursor)
    else if (cursor.leafAt('<StorageClass>', '</StorageClass>')) storageClass = texts.storageClass(cursor)
    else if (!cursor.enter()) break
    else if (cursor.isAt('Key')) {
      cursor.leaf()
      key = texts.key(cursor)
    } else if (cursor.isAt('Size')) {
      cursor.leaf()
      sizeBytes = scanNumber(cursor)
    } else if (cursor.isAt('LastModified')) {
      cursor.leaf()
      modifiedAtMs = texts.dates.read(cursor)
    } else if (cursor.isAt('StorageClass')) {
      cursor.leaf()
      storageClass = texts.storageClass(cursor)
    } else cursor.skip()
  }
  if (key === undefined || key === '' || sizeBytes < 0 || Number.isNaN(modifiedAtMs)) {
    throw new XmlError('an entry without key, size or date')
  }
  return { key, sizeBytes, modifiedAtMs, storageClass }
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

/** Reads `2026-11-22T10:00:00.000Z`. Objects beside each other are mostly of one day, which is parsed once. */
class Dates {
  private day = ''
  private dayMs = 0

  read({ text, start, end }: XmlCursor): number {
    if (end - start !== DATE_LENGTH || text[end - 1] !== 'Z') return Date.parse(text.slice(start, end))
    if (this.day === '' || !text.startsWith(this.day, start)) {
      this.day = text.slice(start, start + DAY_LENGTH)
      this.dayMs = Date.parse(`${this.day}00:00:00.000Z`)
    }
    const at = start + DAY_LENGTH
    const isUsual = text[at + 2] === ':' && text[at + 5] === ':' && text[at + 8] === '.'
    const [hours, minutes, seconds] = [digits(text, at, 2), digits(text, at + 3, 2), digits(text, at + 6, 2)]
    if (!isUsual || hours > 23 || minutes > 59 || seconds > 59) return Date.parse(text.slice(start, end))
    return this.dayMs + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + digits(text, at + 9, 3)
  }
}

const DAY_LENGTH = '2026-11-22T'.length
const DATE_LENGTH = '2026-11-22T10:00:00.000Z'.length

/** A number of so many digits; NaN where one is none. */
function digits(text: string, from: number, count: number): number {
  let value = 0
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN
  }
  return value
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

/** Copies texts and dates out of a body. */
class Texts {
  readonly dates = new Dates()

  constructor(
    private readonly body: Buffer,
    private readonly urlEncoded: boolean,
  ) {}

  plain({ start, end }: XmlCursor): string {
    return this.body.toString('utf8', start, end)
  }

  storageClass(cursor: XmlCursor): string {
    return cursor.text.startsWith('STANDARD<', cursor.start) ? 'STANDARD' : this.plain(cursor)
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
}
