import { createServer } from 'node:http'

/**
 * A loopback S3 that lists generated audit keys without storing any: `<root><node_type>/YYYY/MM/DD/HH/<batch>.ndjson.gz`,
 * 20 an hour for each of five node types. Prefix, delimiter, start-after, continuation tokens and max-keys work as in
 * ListObjectsV2; signatures are not checked. Each object reads as the same body.
 *
 * In a process of its own: `node bench/synthetic-listing.mjs [keys]` prints `{"endpoint", "bucket", "keys"}`.
 */

const NODE_TYPES = ['api', 'automation', 'deployer', 'design', 'govern']
const PER_HOUR = 20
const HOUR_MS = 3_600_000
const MAX_KEYS = 1_000
/** Behind every character that keys hold, hence the end of all keys with a prefix. */
const LAST = '\u{10ffff}'

/** Where each key stands, by arithmetic alone; `count` is rounded up to whole hours. */
export function makeKeys({ count = 1_000_000, root = '', firstHour = Date.UTC(2025, 8, 1) } = {}) {
  const hours = Math.ceil(count / (NODE_TYPES.length * PER_HOUR))
  const folders = Array.from({ length: hours }, (_, hour) => {
    const [year, month, day, time] = new Date(firstHour + hour * HOUR_MS).toISOString().split(/[-T]/)
    return `${year}/${month}/${day}/${time.slice(0, 2)}/`
  })
  const total = NODE_TYPES.length * hours * PER_HOUR

  function keyAt(index) {
    const inType = index % (hours * PER_HOUR)
    const hour = Math.floor(inType / PER_HOUR)
    const batch = String(inType % PER_HOUR).padStart(2, '0')
    const nodeType = NODE_TYPES[Math.floor(index / (hours * PER_HOUR))]
    return `${root}${nodeType}/${folders[hour]}0199-${hour.toString(16).padStart(8, '0')}-${batch}.ndjson.gz`
  }

  function modifiedAt(index) {
    const inType = index % (hours * PER_HOUR)
    const minute = (inType % PER_HOUR) * (60 / PER_HOUR)
    return new Date(firstHour + Math.floor(inType / PER_HOUR) * HOUR_MS + minute * 60_000).toISOString()
  }

  /** Index of the first key at or after a text. */
  function lowerBound(text) {
    let [low, high] = [0, total]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (keyAt(middle) < text) low = middle + 1
      else high = middle
    }
    return low
  }

  return { total, keyAt, modifiedAt, lowerBound }
}

/** Starts the store on a free loopback port. */
export async function startSyntheticListing({
  count,
  root,
  firstHour,
  port = 0,
  body = Buffer.alloc(0),
  bucket = 'synthetic',
} = {}) {
  const keys = makeKeys({ count, root, firstHour })
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://loopback')
    if (url.searchParams.get('list-type') === '2') {
      response.setHeader('content-type', 'application/xml')
      response.end(renderPage(keys, url.searchParams, bucket, body.length))
      return
    }
    const key = decodeURIComponent(url.pathname).slice(bucket.length + 2)
    const index = keys.lowerBound(key)
    if (index === keys.total || keys.keyAt(index) !== key) {
      response.statusCode = key === '' ? 200 : 404
      response.end(key === '' ? '' : '<Error><Code>NoSuchKey</Code></Error>')
      return
    }
    response.setHeader('content-length', body.length)
    response.setHeader('last-modified', new Date(keys.modifiedAt(index)).toUTCString())
    response.setHeader('etag', '"0"')
    response.end(request.method === 'HEAD' ? undefined : body)
  })
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${server.address().port}`,
    bucket,
    keys: keys.total,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}

function renderPage(keys, query, bucket, sizeBytes) {
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const maxKeys = Math.min(Number(query.get('max-keys') ?? MAX_KEYS), MAX_KEYS)
  const after = query.get('continuation-token') ?? query.get('start-after') ?? ''
  const end = keys.lowerBound(prefix + LAST)
  let index = Math.max(keys.lowerBound(prefix), after === '' ? 0 : keys.lowerBound(`${after}\0`))
  let [contents, folders, shown, last] = ['', '', 0, '']
  for (; index < end && shown < maxKeys; shown++) {
    const key = keys.keyAt(index)
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    if (cut < 0) {
      contents += `<Contents><Key>${key}</Key><LastModified>${keys.modifiedAt(index)}</LastModified><ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag><Size>${sizeBytes}</Size><StorageClass>STANDARD</StorageClass></Contents>`
      last = key
      index++
    } else {
      const folder = key.slice(0, cut + 1)
      folders += `<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>`
      last = folder + LAST
      index = keys.lowerBound(last)
    }
  }
  const more = index < end
  const token = more ? `<NextContinuationToken>${last}</NextContinuationToken>` : ''
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><Prefix>${prefix}</Prefix><KeyCount>${shown}</KeyCount><MaxKeys>${maxKeys}</MaxKeys><IsTruncated>${more}</IsTruncated><EncodingType>url</EncodingType>${token}${contents}${folders}</ListBucketResult>`
}

if (import.meta.main) {
  const { endpoint, bucket, keys } = await startSyntheticListing({
    count: Number(process.argv[2] ?? 1_000_000),
  })
  console.log(JSON.stringify({ endpoint, bucket, keys }))
}
