import 'server-only'
import { fractionOf } from '#lib/domain/datasets/choose-by-seed'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { ScanCost } from '#lib/domain/datasets/scan-cost'
import type { ListPage, ObjectStore, StoredObject } from '../../platform/object-store/types'
import { type FolderPage, listFolder } from './list-folder'
import { connectionPathOf, openBelow, rootOf } from './scan-files'

const PAGE = 1_000
const MAX_DEPTH = 8
/** Paths of a page of everything that are told, and of a page of a folder. */
const EXAMPLES_OF_ALL = 24
const EXAMPLES_OF_FOLDER = 3

/** What lies at the path itself. */
export interface RootFolder {
  objects: number
  /** Below the dataset's path. */
  folders: readonly string[]
  /** There is more than a page of it. */
  isCut: boolean
}

/** What one way down says of the folder that it began with: null where there was none. */
export interface Walk {
  folder: string | null
  objects: number
  /** There is more than was looked at. */
  isCut: boolean
  /** Requests that it took. */
  requests: number
}

/** Objects that were met page by page, from the first on. */
export interface Counted {
  objects: number
  /** Those right at the path, and those below each folder at it. */
  atRoot: number
  folders: ReadonlyMap<string, number>
  /** There are no further pages. */
  isAll: boolean
  /** None of them lie in folders that the listing passes by, and that would be listed in part. */
  isExact: boolean
}

/** A look at some of what lies below a path, a request at a time up to as many as it may take. */
export class FolderLook {
  readonly counted = {
    objects: 0,
    atRoot: 0,
    folders: new Map<string, number>(),
    isAll: false,
    isExact: true,
  }
  pagesCounted = 0
  /** What is counted page by page, and where: in which of these, and behind which page of it. */
  private readonly open: readonly string[]
  private place = 0
  private next: string | undefined
  private readonly paths = new Set<string>()
  private most = Number.POSITIVE_INFINITY
  private begun = 0
  private underWay = 0
  /** Of requests that were alone: beside others each takes longer. */
  private readonly tookMs: number[] = []
  private readonly pages = new Map<string, Promise<FolderPage>>()

  constructor(
    private readonly store: ObjectStore,
    private readonly definition: DatasetDefinition,
    private readonly mayHold: (folder: string) => boolean,
  ) {
    this.open = openBelow(store, definition, '/')
  }

  /** Says how many requests there may be of all. */
  mayTake(requests: number): void {
    this.most = requests
  }

  /** Requests that may still be made. */
  get left(): number {
    return Math.max(0, this.most - this.begun)
  }

  /** What the look took, and the paths that it met. */
  tell(): Pick<ScanCost, 'probes' | 'requestMs' | 'examples'> {
    return { probes: this.begun, requestMs: median(this.tookMs), examples: [...this.paths] }
  }

  /** Counts on, page by page from where it was left, up to some of them. */
  async countPages(most: number): Promise<Counted> {
    const { counted } = this
    for (let pages = 0; pages < most && !counted.isAll; pages++) {
      const page = await this.timed(() => this.listFlat(this.open[this.place] ?? '/', this.next))
      const wanted = page.objects.filter(({ path }) => this.mayHold(folderOf(path)))
      if (wanted.length < page.objects.length) counted.isExact = false
      for (const { path } of wanted) this.count(path)
      this.note(wanted, EXAMPLES_OF_ALL)
      this.pagesCounted++
      this.next = page.nextToken
      if (page.nextToken === undefined) this.place++
      counted.isAll = this.place === this.open.length
    }
    return counted
  }

  async listRoot(): Promise<RootFolder> {
    const page = await this.listOnce('/')
    return {
      objects: page.objects.length,
      folders: page.folders,
      isCut: page.nextToken !== undefined,
    }
  }

  /** Walks down from one of the folders at the path, named by its place among them from 0 up to 1. */
  async walk(place: number): Promise<Walk> {
    const { folders } = await this.listOnce('/')
    // The first level is gone through evenly, so that no large folder there is overlooked.
    const first = folders[Math.floor(place * folders.length)]
    if (first === undefined) return { folder: null, objects: 0, isCut: false, requests: 0 }
    let folder = first
    const found = { folder, objects: 0, isCut: false, requests: 0 }
    let weight = 1
    for (let depth = 1; depth < MAX_DEPTH; depth++) {
      if (!this.pages.has(folder) && this.left === 0) return { ...found, isCut: true }
      const page = await this.listOnce(folder)
      found.requests++
      found.objects += weight * page.objects.length
      if (page.nextToken !== undefined) found.isCut = true
      const next =
        page.folders[
          Math.floor(fractionOf(Math.floor(place * 16), `${depth} ${folder}`) * page.folders.length)
        ]
      if (next === undefined) return found
      weight *= page.folders.length
      folder = next
    }
    return { ...found, isCut: true }
  }

  private count(path: string): void {
    const { counted } = this
    counted.objects++
    const end = path.indexOf('/', 1)
    if (end < 0) counted.atRoot++
    else {
      const folder = path.slice(0, end + 1)
      counted.folders.set(folder, (counted.folders.get(folder) ?? 0) + 1)
    }
  }

  /** A page of all that lies at a prefix and below. */
  private async listFlat(
    prefix: string,
    continuationToken: string | undefined,
  ): Promise<Pick<ListPage, 'objects' | 'nextToken'>> {
    const root = rootOf(this.definition)
    const { objects, nextToken } = await this.store.listPage({
      prefixPath: connectionPathOf(this.definition, prefix),
      maxKeys: PAGE,
      ...(continuationToken === undefined ? {} : { continuationToken }),
    })
    // A marker of the path itself is no object below it.
    const below = objects.filter(({ path }) => path !== root)
    return {
      objects: below.map((object) => ({ ...object, path: object.path.slice(root.length - 1) })),
      ...(nextToken === undefined ? {} : { nextToken }),
    }
  }

  private listOnce(folder: string): Promise<FolderPage> {
    const known = this.pages.get(folder)
    if (known) return known
    const asked = this.timed(() => listFolder(this.store, this.definition, folder)).then((page) => {
      this.note(page.objects, EXAMPLES_OF_FOLDER)
      return { ...page, folders: page.folders.filter(this.mayHold) }
    })
    this.pages.set(folder, asked)
    return asked
  }

  private async timed<Page>(list: () => Promise<Page>): Promise<Page> {
    const startedAt = performance.now()
    const number = ++this.begun
    const beginsAlone = this.underWay++ === 0
    const page = await list()
    this.underWay--
    if (beginsAlone && number === this.begun) this.tookMs.push(performance.now() - startedAt)
    return page
  }

  /** Notes paths of all over a page as examples. */
  private note(objects: readonly StoredObject[], most: number): void {
    const last = objects.length - 1
    for (let n = 0; n < Math.min(most, objects.length); n++) {
      const object = objects[Math.round((n * last) / Math.max(1, most - 1))]
      if (object && object.sizeBytes > 0) this.paths.add(object.path)
    }
  }
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

/** The lower one of two: the first request of all connects, too. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.round(sorted[(sorted.length - 1) >> 1] ?? 0)
}
