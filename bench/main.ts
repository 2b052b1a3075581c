import type { Row } from './row'

/** Every measurement by its name; `npm run bench -- NAME…` runs some, without a name all. */
const BENCHES: Record<string, () => Promise<{ run(): Promise<Row[]> }>> = {
  matching: () => import('./matching'),
  preview: () => import('./preview'),
  browse: () => import('./browse'),
  partitions: () => import('./partitions'),
  events: () => import('./events'),
  start: () => import('./start'),
}

async function main(names: string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in BENCHES))
  if (unknown.length > 0)
    throw new Error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`)
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    const bench = await BENCHES[name]?.()
    if (bench) print(name, await bench.run())
  }
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

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error) => {
    console.error(error)
    process.exit(1)
  },
)
