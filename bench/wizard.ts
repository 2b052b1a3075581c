import type { Row } from './row'

/** All that the wizard is measured by. Those that look at the memory of this process come first, the smallest before the others. */
const PARTS: (() => Promise<{ run(): Promise<Row[]> }>)[] = [
  () => import('./count'),
  () => import('./partitions'),
  () => import('./detection'),
  () => import('./matching'),
  () => import('./preview'),
  () => import('./preview-on-screen'),
  () => import('./large-previews'),
  () => import('./browse'),
]

/** The measurements of finding, reading and listing files, one after another. */
export async function run(): Promise<Row[]> {
  const rows: Row[] = []
  for (const load of PARTS) rows.push(...(await (await load()).run()))
  return rows
}
