import 'server-only'
import type { DefinitionRequest, FileEntry, FilesReport } from '#lib/domain/datasets/wire'
import type { Context } from '../access/caller'
import { withPermit } from '../access/with-permit'
import type { ConnectionRow } from '../connections/load-connection'
import { openConnection } from '../connections/store-target'
import { now } from '../platform/clock'
import { connectionFilesKind } from './connection-files-kind'
import { explainEmpty } from './explain-empty'
import { rootOf, type ScannedObject, scanFiles } from './scan-files'

const NEWEST = 10
const EXAMPLES = 200

/** Lists the files of settings that are not saved yet, and says what was left out and why. */
export function listFiles(
  ctx: Context,
  { definition, scanBudget }: DefinitionRequest,
  onProgress: (listed: number) => void,
): Promise<FilesReport> {
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
      const tally = createTally()
      const budget = scanBudget === undefined ? {} : { budget: scanBudget }
      for await (const batch of scanFiles(store, definition, budget)) {
        tally.add(batch)
        onProgress(tally.report.listed)
      }
      return finish(tally.report, connection, rootOf(definition), scanBudget)
    },
  )
}

function finish(
  report: FilesReport,
  connection: ConnectionRow,
  path: string,
  scanBudget?: number,
): FilesReport {
  return {
    ...report,
    complete: scanBudget === undefined || report.listed < scanBudget,
    emptyBecause: report.listed === 0 ? explainEmpty(connection, path, now()) : null,
  }
}

function createTally() {
  const report: FilesReport = {
    listedAt: now().toISOString(),
    complete: false,
    listed: 0,
    kept: 0,
    keptBytes: 0,
    excluded: { rule: 0, folderMarker: 0, archived: 0 },
    firstModifiedAt: null,
    lastModifiedAt: null,
    newest: [],
    examples: [],
    emptyBecause: null,
  }
  let first = Number.POSITIVE_INFINITY
  let last = 0
  const examples = collectEvenly(EXAMPLES)
  const add = (batch: ScannedObject[]) => {
    for (const object of batch) {
      report.listed++
      if (object.exclusion) report.excluded[object.exclusion]++
      else {
        report.kept++
        examples.offer(object.path)
        report.keptBytes += object.sizeBytes
        first = Math.min(first, object.modifiedAtMs)
        last = Math.max(last, object.modifiedAtMs)
      }
    }
    report.newest = newestOf(report.newest, batch)
    report.examples = examples.taken
    report.firstModifiedAt = report.kept === 0 ? null : new Date(first).toISOString()
    report.lastModifiedAt = report.kept === 0 ? null : new Date(last).toISOString()
  }
  return { report, add }
}

function newestOf(before: FileEntry[], batch: ScannedObject[]): FileEntry[] {
  const entries = batch
    .filter((object) => object.exclusion === null)
    .sort((a, b) => b.modifiedAtMs - a.modifiedAtMs)
    .slice(0, NEWEST)
    .map(({ path, sizeBytes, modifiedAtMs }) => ({
      path,
      sizeBytes,
      modifiedAt: new Date(modifiedAtMs).toISOString(),
    }))
  return [...before, ...entries].sort((a, b) => b.modifiedAt.localeCompare(a.modifiedAt)).slice(0, NEWEST)
}

/** Takes some of many, evenly, without knowing how many come: whenever it is full, every second one goes. */
function collectEvenly(most: number) {
  const taken: string[] = []
  let step = 1
  let offered = 0
  const offer = (text: string) => {
    if (offered++ % step !== 0) return
    if (taken.length === most) {
      for (let i = most - 1; i > 0; i -= 2) taken.splice(i, 1)
      step *= 2
      if ((offered - 1) % step !== 0) return
    }
    taken.push(text)
  }
  return { taken, offer }
}
