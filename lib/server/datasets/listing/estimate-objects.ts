import 'server-only'
import { fractionOf } from '#lib/domain/datasets/choose-by-seed'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { ScanEstimate } from '#lib/domain/datasets/files-wire'
import type { ListPage, ObjectStore } from '../../platform/object-store/types'
import { connectionPathOf, rootOf } from './scan-files'
import { mapConcurrently } from './walk-folders'

const PAGE = 1_000
const WALKS = 8
const MAX_DEPTH = 8
/** Requests that an estimate may take. */
const MAX_PROBES = 40

export interface Estimated {
  estimate: ScanEstimate
  /** Objects met on the way, below the dataset's path: from all over it, unlike those of a first page. */
  paths: string[]
}

/**
 * Says about how many objects lie below a path without listing them; null when one page holds them all. Walks down from
 * the path, one folder of each level at a time, and counts each object for as many as there were ways to choose.
 */
export async function estimateObjects(
  store: ObjectStore,
  definition: DatasetDefinition,
): Promise<Estimated | null> {
  const probes = new Probes(store, definition)
  if ((await probes.list('/', false)).nextToken === undefined) return null
  const counts = await mapConcurrently(
    Array.from({ length: WALKS }, (_, walk) => walk),
    (walk) => probes.walk(walk),
  )
  const mean = Math.round(counts.reduce((sum, count) => sum + count, 0) / WALKS)
  return {
    estimate: {
      objects: Math.max(mean, PAGE + 1),
      atLeast: probes.sawCut,
      probes: probes.tookMs.length,
      requestMs: median(probes.tookMs),
    },
    paths: [...probes.paths],
  }
}

class Probes {
  /** A folder had more than one page: what it holds is known from below only. */
  sawCut = false
  readonly tookMs: number[] = []
  readonly paths = new Set<string>()
  private readonly pages = new Map<string, Promise<ListPage>>()

  constructor(
    private readonly store: ObjectStore,
    private readonly definition: DatasetDefinition,
  ) {}

  async walk(walk: number): Promise<number> {
    const root = rootOf(this.definition)
    let folder = '/'
    let weight = 1
    let count = 0
    for (let depth = 0; depth < MAX_DEPTH; depth++) {
      if (!this.pages.has(folder) && this.pages.size >= MAX_PROBES) {
        this.sawCut = true
        break
      }
      const page = await this.listOnce(folder)
      count += weight * page.objects.length
      if (page.nextToken !== undefined) this.sawCut = true
      const { folders } = page
      // The first level is gone through evenly, so that no large folder there is overlooked.
      const place = depth === 0 ? (walk + 0.5) / WALKS : fractionOf(walk, `${depth} ${folder}`)
      const next = folders[Math.floor(place * folders.length)]
      if (next === undefined) break
      weight *= folders.length
      folder = next.slice(root.length - 1)
    }
    return count
  }

  async list(folder: string, byFolder: boolean): Promise<ListPage> {
    const startedAt = performance.now()
    const page = await this.store.listPage({
      prefixPath: connectionPathOf(this.definition, folder),
      maxKeys: PAGE,
      ...(byFolder ? { delimiter: '/' } : {}),
    })
    this.tookMs.push(performance.now() - startedAt)
    return page
  }

  private listOnce(folder: string): Promise<ListPage> {
    const known = this.pages.get(folder)
    if (known) return known
    const asked = this.list(folder, true).then((page) => this.note(page))
    this.pages.set(folder, asked)
    return asked
  }

  private note(page: ListPage): ListPage {
    const root = rootOf(this.definition)
    const { objects } = page
    for (const object of [objects[0], objects[objects.length >> 1], objects.at(-1)])
      if (object && object.sizeBytes > 0) this.paths.add(object.path.slice(root.length - 1))
    return page
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.round(sorted[sorted.length >> 1] ?? 0)
}
