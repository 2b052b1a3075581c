import type { Row } from './row'

/** Every measurement by its name. */
const BENCHES: Record<string, () => Promise<{ run(): Promise<Row[]> }>> = {
  matching: () => import('./matching'),
  preview: () => import('./preview'),
  browse: () => import('./browse'),
  detection: () => import('./detection'),
  partitions: () => import('./partitions'),
  events: () => import('./events'),
  start: () => import('./start'),
}

async function main(name: string | undefined): Promise<void> {
  const names = Object.keys(BENCHES)
  if (name === '--names') {
    console.log(names.join('\n'))
    return
  }
  const bench = await BENCHES[name ?? '']?.()
  if (!bench) throw new Error(`There is no bench ${name}. There are: ${names.join(', ')}.`)
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
