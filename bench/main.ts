import type { Row } from './row'

/** Every measurement by its name. */
const BENCHES: Record<string, () => Promise<{ run(): Promise<Row[]> }>> = {
  matching: () => import('./matching'),
  preview: () => import('./preview'),
  'preview-on-screen': () => import('./preview-on-screen'),
  browse: () => import('./browse'),
  detection: () => import('./detection'),
  partitions: () => import('./partitions'),
  count: () => import('./count'),
  'large-previews': () => import('./large-previews'),
  'public-api': () => import('./public-api'),
  events: () => import('./events'),
  start: () => import('./start'),
}
/** Those that are made of others; they run only when named. */
const TOGETHER: typeof BENCHES = { wizard: () => import('./wizard') }

async function main(name: string | undefined): Promise<void> {
  const names = Object.keys(BENCHES)
  if (name === '--names') {
    console.log(names.join('\n'))
    return
  }
  const bench = await (BENCHES[name ?? ''] ?? TOGETHER[name ?? ''])?.()
  if (!bench) {
    const all = [...names, ...Object.keys(TOGETHER)].join(', ')
    throw new Error(`There is no bench ${name}. There are: ${all}.`)
  }
  print(name ?? '', await bench.run())
}

function print(name: string, rows: readonly Row[]): void {
  console.log(`\n${name}`)
  for (const { what, figure, reference, ratio, target, ok } of rows) {
    const compared = ratio === null ? '' : `  ratio ${ratio.toFixed(2)}`
    console.log(
      `  ${ok ? 'ok  ' : 'MISS'} ${what}: ${figure}  reference ${reference}${compared}  target ${target}`,
    )
  }
}

main(process.argv[2]).then(
  () => process.exit(0),
  (error) => {
    console.error(error)
    process.exit(1)
  },
)
