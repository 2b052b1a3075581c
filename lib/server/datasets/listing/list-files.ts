import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { DefinitionRequest, FilesReport } from '#lib/domain/datasets/files-wire'
import { isToBeAsked } from '#lib/domain/datasets/say-scan'
import type { ScanCost } from '#lib/domain/datasets/scan-cost'
import type { FileSelector } from '#lib/domain/datasets/selection'
import type { Context } from '../../access/caller'
import { withPermit } from '../../access/with-permit'
import { openConnection } from '../../connections/store-target'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import { connectionFilesKind } from '../connection-files-kind'
import { estimateObjects } from './estimate-objects'
import { explainEmpty } from './explain-empty'
import { lookIntoKinds } from './look-into-kinds'
import { rootOf, scanFiles, selectorOf } from './scan-files'
import { FilesTally } from './tally-files'

/** A listing that goes on. */
export interface FilesSoFar {
  listed: number
  /** Null where one page holds everything. */
  estimate: FilesReport['estimate']
  /** What was found until now, as the report of a listing that is not complete. */
  report(): FilesReport
}

/**
 * Lists the files of settings that are not saved yet: what there is, what was left out and why. Where there is more than
 * a page of them, says first what all of it costs.
 */
export function listFiles(
  ctx: Context,
  request: DefinitionRequest,
  onProgress: (soFar: FilesSoFar) => void,
): Promise<FilesReport> {
  const { definition } = request
  const { connection: name, bucket } = definition.params
  return withPermit(
    ctx,
    connectionFilesKind,
    'list-files',
    { name },
    { details: { path: definition.params.path } },
    async ({ row }) => row,
    async (permit, connection) => {
      const store = openConnection(permit, connection, bucket ?? undefined)
      const listing = new FilesListing(store, request, onProgress)
      const complete = await listing.run()
      const isEmpty = listing.listed === 0
      return listing.report(
        complete,
        isEmpty ? await explainEmpty(store, connection, rootOf(definition), now()) : null,
      )
    },
  )
}

class FilesListing {
  private readonly selector: FileSelector
  private readonly tally: FilesTally
  private readonly definition: DatasetDefinition
  private readonly scanBudget: number | undefined
  private cost: ScanCost | null
  private requests = 0

  constructor(
    private readonly store: ObjectStore,
    { definition, scanBudget, cost }: DefinitionRequest,
    private readonly onProgress: (soFar: FilesSoFar) => void,
  ) {
    this.definition = definition
    this.scanBudget = scanBudget
    this.cost = cost ?? null
    this.selector = selectorOf(definition)
    this.tally = new FilesTally(definition, this.selector)
  }

  get listed(): number {
    return this.tally.listed
  }

  /** @returns whether everything was listed */
  async run(): Promise<boolean> {
    let complete = true
    const onCut = () => {
      complete = false
    }
    this.cost ??= await this.look()
    this.tell()
    const scan = scanFiles(this.store, this.definition, {
      selection: this.selector,
      ...(this.scanBudget === undefined ? {} : { budget: { objects: this.scanBudget, onCut } }),
      onRequest: () => {
        this.requests++
      },
    })
    for await (const batch of scan) {
      this.tally.add(batch)
      this.tell()
    }
    await lookIntoKinds(this.store, this.definition, this.tally.kinds)
    return complete
  }

  private async look(): Promise<ScanCost> {
    const cost = await estimateObjects(this.store, this.definition)
    this.requests += cost.probes
    return cost
  }

  report(complete: boolean, emptyBecause: string | null = null): FilesReport {
    const report = this.tally.report(complete, emptyBecause)
    return {
      ...report,
      requests: this.requests,
      estimate: this.estimate,
      ...(complete ? {} : withPathsFromAllOver(report, this.cost?.examples ?? [], this.selector)),
    }
  }

  private get estimate(): FilesReport['estimate'] {
    return this.cost && isToBeAsked(this.cost) ? this.cost : null
  }

  private tell(): void {
    this.onProgress({
      listed: this.tally.listed,
      estimate: this.estimate,
      report: () => this.report(false),
    })
  }
}

/** A listing that was cut has seen the first folders only: its examples would speak of those alone. */
function withPathsFromAllOver(
  { examples, examplesOfAll }: FilesReport,
  paths: readonly string[],
  selector: FileSelector,
): Pick<FilesReport, 'examples' | 'examplesOfAll'> {
  if (paths.length === 0) return { examples, examplesOfAll }
  const isKept = (path: string) =>
    selector.exclusionOf({ path, sizeBytes: 1, storageClass: 'STANDARD' }) === null
  const half = (texts: readonly string[]) => texts.filter((_, index) => index % 2 === 0)
  return {
    examples: [...new Set([...half(examples), ...paths.filter(isKept)])],
    examplesOfAll: [...new Set([...half(examplesOfAll), ...paths])],
  }
}
