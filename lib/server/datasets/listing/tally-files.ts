import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { FileEntry, FilesReport } from '#lib/domain/datasets/files-wire'
import { type FileSelector, rulesInForce } from '#lib/domain/datasets/selection'
import type { Exclusion } from '#lib/domain/partitioning/ledger'
import { now } from '../../platform/clock'
import { collectEvenly } from './collect-evenly'
import type { ScannedObject } from './scan-files'
import { KindTally } from './tally-kinds'

const NEWEST = 10
const EXAMPLES = 200
/** Paths that are told of each reason why files are left out, and of chosen files that are not there. */
const LEFT_OUT = 20

/** Counts a listing of files, batch by batch; `report` tells at any time what was found so far. */
export class FilesTally {
  readonly kinds = new KindTally()
  listed = 0
  private readonly listedAt = now()
  private kept = 0
  private keptBytes = 0
  private readonly excluded: FilesReport['excluded'] = { rule: 0, folderMarker: 0, archived: 0 }
  private readonly leftOut: FilesReport['leftOut'] = { rule: [], folderMarker: [], archived: [] }
  private firstMs = Number.POSITIVE_INFINITY
  private lastMs = 0
  private readonly newest: ScannedObject[] = []
  private readonly examples = collectEvenly(EXAMPLES)
  private readonly examplesOfAll = collectEvenly(EXAMPLES)
  private readonly byRule: number[]
  private readonly missing: Set<string>

  constructor(
    definition: DatasetDefinition,
    private readonly selector: FileSelector,
  ) {
    const rules = definition.params.filesSelectionRules
    this.byRule = rulesInForce(rules).map(() => 0)
    const chosen = rules.mode === 'EXPLICIT_SELECT_FILES' ? rules.explicitFiles : []
    this.missing = new Set(chosen.map((path) => (path.startsWith('/') ? path : `/${path}`)))
  }

  add(batch: readonly ScannedObject[]): void {
    for (const object of batch) {
      this.listed++
      // A chosen file is there, also where it is left out for being archived.
      this.missing.delete(object.path)
      if (object.exclusion !== null) this.leave(object.path, object.exclusion)
      if (object.exclusion === null || object.exclusion === 'rule') this.addFile(object)
    }
  }

  /** What the listing came to. `complete` when nothing was left unlisted. */
  report(complete: boolean, emptyBecause: string | null = null): FilesReport {
    const at = (ms: number) => (this.kept === 0 ? null : new Date(ms).toISOString())
    return {
      listedAt: this.listedAt.toISOString(),
      complete,
      listed: this.listed,
      kept: this.kept,
      keptBytes: this.keptBytes,
      excluded: { ...this.excluded },
      firstModifiedAt: at(this.firstMs),
      lastModifiedAt: at(this.lastMs),
      newest: this.newest.map(toEntry),
      examples: [...this.examples.taken],
      examplesOfAll: [...this.examplesOfAll.taken],
      ...this.kinds.report(),
      byRule: [...this.byRule],
      notFound: complete ? [...this.missing].slice(0, LEFT_OUT) : [],
      leftOut: this.leftOut,
      estimate: null,
      requests: 0,
      durationMs: now().getTime() - this.listedAt.getTime(),
      emptyBecause,
    }
  }

  private addFile(object: ScannedObject): void {
    const { path, sizeBytes, modifiedAtMs } = object
    this.kinds.add(object)
    this.examplesOfAll.offer(path)
    if (this.byRule.length > 0) this.countRules(path)
    if (object.exclusion !== null) return
    this.examples.offer(path)
    this.kept++
    this.keptBytes += sizeBytes
    this.firstMs = Math.min(this.firstMs, modifiedAtMs)
    this.lastMs = Math.max(this.lastMs, modifiedAtMs)
    this.offerAsNewest(object)
  }

  private countRules(path: string): void {
    for (const rule of this.selector.rulesNaming(path)) this.byRule[rule] = (this.byRule[rule] ?? 0) + 1
  }

  /** Keeps the newest sorted; hardly any of many is among them. */
  private offerAsNewest(object: ScannedObject): void {
    const { newest } = this
    const last = newest.at(-1)
    if (newest.length === NEWEST && last && object.modifiedAtMs <= last.modifiedAtMs) return
    newest.push(object)
    newest.sort((a, b) => b.modifiedAtMs - a.modifiedAtMs)
    if (newest.length > NEWEST) newest.pop()
  }

  private leave(path: string, reason: Exclusion): void {
    this.excluded[reason]++
    const examples = this.leftOut[reason]
    if (examples.length < LEFT_OUT) examples.push(path)
  }
}

const toEntry = ({ path, sizeBytes, modifiedAtMs }: ScannedObject): FileEntry => ({
  path,
  sizeBytes,
  modifiedAt: new Date(modifiedAtMs).toISOString(),
})
