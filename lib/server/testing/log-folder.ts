import 'server-only'
import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { DatasetScene } from './dataset-scene'

/** Records of a text file, numbered from 0: `"line 0\nline 1\n"`. */
export const numberedLines = (count: number, text = 'line') =>
  Array.from({ length: count }, (_, n) => `${text} ${n}\n`).join('')

/**
 * Fills `/logs/` of the lake with 15 objects: a packed and a plain file of 30 records for each of two node types and three
 * days, two paths that no pattern by node and day matches, and a folder's marker.
 */
export async function putLogFolder(put: DatasetScene['put']): Promise<void> {
  for (const day of ['20', '21', '22'])
    for (const node of ['design', 'api']) {
      await put(`logs/${node}/2026/11/${day}/a.log.gz`, gzipSync(numberedLines(30, `${node} ${day} a`)))
      await put(`logs/${node}/2026/11/${day}/b.log`, numberedLines(30, `${node} ${day} b`))
    }
  await put('logs/README.txt', 'not of the pattern\n')
  await put('logs/design/2026/02/30/x.log', 'no such day\n')
  await put('logs/empty/', '')
}

/** A packed file of 40,000 random bytes that ends in the middle. */
export const cutGzip = () => gzipSync(randomBytes(40_000).toString('hex')).subarray(0, 20_000)
