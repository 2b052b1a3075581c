import 'server-only'
import { compareKeys } from '#lib/domain/connections/key-order'
import { openTestStore, serve, type TestStoreOptions } from './loopback-store'

/** A LIST request, and the keys that it gave. */
interface AskedOfBucket {
  prefix: string
  delimiter: string
  after: string
  keys: string[]
}

interface MadeUpBucket {
  pageKeys?: number
  modifiedAt?: (key: string) => string
  target?: NonNullable<TestStoreOptions['target']>
}

/**
 * A bucket that lists made-up keys for as long as the test that calls this, `pageKeys` at once, and notes what it was asked.
 * Tokens are opaque: the last key, turned round.
 */
export async function openMadeUpBucket(
  keys: readonly string[],
  { pageKeys = 1_000, modifiedAt = () => '2026-11-22T00:00:00Z', target }: MadeUpBucket = {},
) {
  const sorted = [...keys].sort(compareKeys)
  const asked: AskedOfBucket[] = []
  const endpoint = await serve((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://loopback')
    const read = (name: string) => searchParams.get(name) ?? ''
    const [prefix, delimiter] = [read('prefix'), read('delimiter')]
    const token = read('continuation-token')
    const after = token === '' ? read('start-after') : [...token].reverse().join('')
    const from = sorted.findIndex((key) => key.startsWith(prefix) && compareKeys(key, after) > 0)
    const entries = new Set<string>()
    for (let at = from; at >= 0 && entries.size <= pageKeys; at++) {
      const key = sorted[at]
      if (!key?.startsWith(prefix)) break
      const entry = entryOf(key, prefix, delimiter)
      if (entry === key || !after.startsWith(entry)) entries.add(entry)
    }
    const page = [...entries].slice(0, pageKeys)
    const isFolder = (entry: string) => delimiter !== '' && entry.endsWith('/') && entry !== prefix
    const objects = page.filter((entry) => !isFolder(entry))
    asked.push({ prefix, delimiter, after, keys: objects })
    const last = page.at(-1) ?? ''
    const next = isFolder(last) ? `${last}\u{10ffff}` : last
    const more = entries.size > page.length
    response.setHeader('content-type', 'application/xml')
    response.end(
      `<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${asXml([...next].reverse().join(''))}</NextContinuationToken>` : ''}${objects
        .map(
          (key) =>
            `<Contents><Key>${encodeURIComponent(key)}</Key><LastModified>${modifiedAt(key)}</LastModified><Size>1</Size></Contents>`,
        )
        .join('')}${page
        .filter(isFolder)
        .map((folder) => `<CommonPrefixes><Prefix>${encodeURIComponent(folder)}</Prefix></CommonPrefixes>`)
        .join('')}</ListBucketResult>`,
    )
  })
  return {
    store: openTestStore(endpoint, {
      ...(target && { target }),
      timeouts: { idleMs: 10_000, answerMs: 10_000 },
    }),
    asked,
  }
}

const asXml = (text: string) =>
  text.replace(/[^a-z0-9/]/giu, (character) => `&#x${character.codePointAt(0)?.toString(16)};`)

function entryOf(key: string, prefix: string, delimiter: string): string {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
  return at < 0 ? key : key.slice(0, at + 1)
}
