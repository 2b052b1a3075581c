import 'server-only'
import { fractionOf } from '#lib/domain/datasets/choose-by-seed'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { requestsFor } from '#lib/domain/datasets/say-scan'
import type { ScanCost } from '#lib/domain/datasets/scan-cost'
import type { ListPage, ObjectStore } from '../../platform/object-store/types'
import { connectionPathOf, MOST_PARTS, rootOf } from './scan-files'
import { mapConcurrently } from './walk-folders'

const PAGE = 1_000
const WALKS = 8
const MAX_DEPTH = 8
/** Requests that walking may take. */
const MAX_PROBES = 40
/** Pages that are listed one after the other where walking does not tell: what they hold is known. */
const MOST_PAGES = 10

/**
 * Says about how many objects lie below a path without listing them, and what listing them takes. Where a page holds them
 * all they are counted. Otherwise it walks down from the path, one folder of each level at a time, and counts each object
 * for as many as there were ways to choose; folders with more than a page are known from below only. Folders that the
 * listing passes by, since `mayHold` refuses them, are not walked and count for nothing.
 */
export async function estimateObjects(
  store: ObjectStore,
  definition: DatasetDefinition,
  mayHold: (folder: string) => boolean = () => true,
): Promise<ScanCost> {
  const probes = new Probes(store, definition, mayHold)
  const first = await probes.list('/', false)
  if (first.nextToken === undefined) return probes.tell(exactly(first.objects.length))
  const root = await probes.listOnce('/')
  const walks = await mapConcurrently(
    Array.from({ length: WALKS }, (_, walk) => walk),
    (walk) => probes.walk(walk),
  )
  const found = addUp(root, walks, probes.countIn(first))
  const isUnsure = found.certainty === 'at-least' && found.objects < PAGE * MOST_PAGES
  const counted = isUnsure ? await probes.countOn(first) : found
  const objects = Math.max(found.objects, counted.objects)
  const sure = counted.certainty === 'exact' ? counted : { ...found, objects }
  const { certainty } = sure
  const requests = Math.max(found.requests, requestsFor(sure.objects))
  return probes.tell({ ...found, objects: sure.objects, certainty, requests })
}

type Found = Omit<ScanCost, 'probes' | 'requestMs' | 'examples'>

const exactly = (objects: number): Found => ({
  objects,
  certainty: 'exact',
  requests: Math.max(1, requestsFor(objects)),
  folders: [],
  foldersTotal: null,
})

/** What one way down says of the folder that it began with: null where there was none. */
interface Walk {
  folder: string | null
  objects: number
  isCut: boolean
}

/** What ways down some of the folders say of all of them. */
function addUp(root: ListPage, walks: readonly Walk[], atLeast: number): Found {
  const byFolder = Map.groupBy(
    walks.filter((walk) => walk.folder !== null),
    ({ folder }) => folder ?? '',
  )
  const folders = [...byFolder].map(([path, some]) => ({
    path,
    objects: Math.round(mean(some.map(({ objects }) => objects))),
    atLeast: some.some(({ isCut }) => isCut),
  }))
  const isCut = root.nextToken !== undefined || folders.some((folder) => folder.atLeast)
  const ways = root.folders.length
  const inFolders = ways * mean(folders.map(({ objects }) => objects))
  const eachFolder = ways * mean(folders.map(({ objects }) => Math.max(1, requestsFor(objects))))
  // Many folders share pages. A page of all is asked for first, to see whether it holds everything.
  const below = ways > MOST_PARTS ? requestsFor(inFolders) + MOST_PARTS : eachFolder
  return {
    objects: Math.max(Math.round(root.objects.length + inFolders), atLeast),
    certainty: isCut ? 'at-least' : 'about',
    requests: Math.round(1 + requestsFor(root.objects.length + ways) + below),
    folders,
    foldersTotal: root.nextToken === undefined ? ways : null,
  }
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

class Probes {
  private readonly paths = new Set<string>()
  /** Some objects that were met lie in folders that the listing passes by. */
  private passesBy = false
  private begun = 0
  private underWay = 0
  /** Of requests that were alone: beside others each takes longer. */
  private readonly tookMs: number[] = []
  private readonly pages = new Map<string, Promise<ListPage>>()
  private readonly root: string

  constructor(
    private readonly store: ObjectStore,
    private readonly definition: DatasetDefinition,
    private readonly mayHold: (folder: string) => boolean,
  ) {
    this.root = rootOf(definition)
  }

  tell(found: Found): ScanCost {
    return {
      ...found,
      probes: this.begun,
      requestMs: median(this.tookMs),
      examples: [...this.paths],
    }
  }

  /** Objects of a page that may be wanted. */
  countIn({ objects }: ListPage): number {
    const wanted = objects.filter(({ path }) => this.mayHold(folderOf(this.below(path))))
    if (wanted.length < objects.length) this.passesBy = true
    return wanted.length
  }

  async walk(walk: number): Promise<Walk> {
    const { folders } = await this.listOnce('/')
    // The first level is gone through evenly, so that no large folder there is overlooked.
    const first = folders[Math.floor(((walk + 0.5) / WALKS) * folders.length)]
    if (first === undefined) return { folder: null, objects: 0, isCut: false }
    let folder = this.below(first)
    const found = { folder, objects: 0, isCut: false }
    let weight = 1
    for (let depth = 1; depth < MAX_DEPTH; depth++) {
      if (!this.pages.has(folder) && this.pages.size >= MAX_PROBES) return { ...found, isCut: true }
      const page = await this.listOnce(folder)
      found.objects += weight * page.objects.length
      if (page.nextToken !== undefined) found.isCut = true
      const next = page.folders[Math.floor(fractionOf(walk, `${depth} ${folder}`) * page.folders.length)]
      if (next === undefined) return found
      weight *= page.folders.length
      folder = this.below(next)
    }
    return { ...found, isCut: true }
  }

  /** Counts on from a first page, page by page, up to some of them. */
  async countOn(first: ListPage): Promise<Found> {
    let objects = this.countIn(first)
    let token = first.nextToken
    for (let pages = 1; token !== undefined && pages < MOST_PAGES; pages++) {
      const page = await this.list('/', false, token)
      objects += this.countIn(page)
      token = page.nextToken
    }
    if (token !== undefined) return { ...exactly(objects), certainty: 'at-least' }
    return { ...exactly(objects), certainty: this.passesBy ? 'about' : 'exact' }
  }

  async list(folder: string, byFolder: boolean, token?: string): Promise<ListPage> {
    const startedAt = performance.now()
    const number = ++this.begun
    const beginsAlone = this.underWay++ === 0
    const listed: ListPage = await this.store.listPage({
      prefixPath: connectionPathOf(this.definition, folder),
      maxKeys: PAGE,
      ...(byFolder ? { delimiter: '/' } : {}),
      ...(token === undefined ? {} : { continuationToken: token }),
    })
    this.underWay--
    if (beginsAlone && number === this.begun) this.tookMs.push(performance.now() - startedAt)
    return {
      ...listed,
      // A marker of the path itself is no object below it.
      objects: listed.objects.filter(({ path }) => path !== this.root),
      folders: listed.folders.filter((path) => this.mayHold(this.below(path))),
    }
  }

  listOnce(folder: string): Promise<ListPage> {
    const known = this.pages.get(folder)
    if (known) return known
    const asked = this.list(folder, true).then((page) => this.note(page))
    this.pages.set(folder, asked)
    return asked
  }

  private note(page: ListPage): ListPage {
    const { objects } = page
    for (const object of [objects[0], objects[objects.length >> 1], objects.at(-1)])
      if (object && object.sizeBytes > 0) this.paths.add(this.below(object.path))
    return page
  }

  private below(path: string): string {
    return path.slice(this.root.length - 1)
  }
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

/** The lower one of two: the first request of all connects, too. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.round(sorted[(sorted.length - 1) >> 1] ?? 0)
}
