import 'server-only'
import type * as z from 'zod'
import { FileColumns, uniteColumns } from '#lib/domain/datasets/collect-columns'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { SchemaReport, schemaRequest } from '#lib/domain/datasets/schema-report'
import { Failure } from '#lib/domain/errors'
import { type FormatSettings, formatKind, hasHeaders } from '#lib/domain/formats/catalogue'
import type { FormatProblem } from '#lib/domain/formats/wire'
import type { Context } from '../../access/caller'
import { withPermit } from '../../access/with-permit'
import { openConnection } from '../../connections/store-target'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import { binaryProblem, toProblem } from '../../reader/file-problems'
import type { ReadLimits } from '../../reader/meter'
import { readRecords } from '../../reader/read-records'
import { Turns } from '../../reader/turns'
import { connectionFilesKind } from '../connection-files-kind'
import { explainNoFile } from '../listing/explain-no-file'
import { connectionPathOf } from '../listing/scan-files'
import { mapConcurrently } from '../listing/walk-folders'
import { readFormat } from '../read-format'
import { chooseFiles } from './choose-files'
import { countLooked, type OnLooked } from './count-looked'
import type { SpreadFile } from './meet-files'

const MOST_FILES = 8
const FILES_AT_ONCE = 4
const RECORDS_OF_A_FILE = 1_000
/** When reading ends, with what was read until then; the permit itself ends a little later. */
const READ_MS = 8_000
const DEADLINE_MS = 10_000
const LIMITS = {
  maxRecords: RECORDS_OF_A_FILE,
  maxBytesIn: 64 * 1024 * 1024,
  maxBytesOut: 64 * 1024 * 1024,
  maxHeldBytes: 64 * 1024 * 1024,
  maxRatio: 1_032,
  recordFaults: 'keep',
} as const satisfies ReadLimits
/** Limits that end a file as its thousandth record does: what was read before is what was asked for. */
const ENOUGH = new Set(['bytes-in', 'bytes-out'])

type ReadSchemaRequest = Omit<z.output<typeof schemaRequest>, 'files'> &
  Pick<z.input<typeof schemaRequest>, 'files'>

/** Each wizard that is open reads schemas by itself: what they hold adds up in one process. */
const SCHEMAS_AT_ONCE = 2
const turns = new Turns(SCHEMAS_AT_ONCE)

/**
 * Reads the columns of files of different ages together: which there are, since when, how often, and on request the
 * narrowest types of their values. A file that cannot be read is a problem among the others, not the end.
 */
export function readSchema(
  ctx: Context,
  { definition, infer, files: always = [] }: ReadSchemaRequest,
  onLooked: OnLooked = () => undefined,
): Promise<SchemaReport> {
  const { connection: name, path, bucket } = definition.params
  return withPermit(
    ctx,
    connectionFilesKind,
    'detect-schema',
    { name },
    { deadlineMs: DEADLINE_MS, details: { path, infer } },
    async ({ row }) => row,
    async (permit, connection) => {
      const format = readFormat(definition)
      const startedAt = now()
      const store = openConnection(permit, connection, bucket ?? undefined)
      const files = await chooseFiles(store, definition, { most: MOST_FILES, always })
      const reading = new SchemaReading(store, definition, format, infer, startedAt.getTime() + READ_MS)
      const looked = countLooked(files.length, onLooked)
      const endTurn = await turns.take(permit.signal)
      const read = await mapConcurrently(
        files,
        (file) => reading.read(file).finally(looked),
        FILES_AT_ONCE,
      ).finally(endTurn)
      return {
        ...uniteColumns(
          read.filter((columns) => columns !== null),
          { haveHeaders: hasHeaders(format) },
        ),
        problems: reading.problems,
        readAt: startedAt.toISOString(),
        endedBy: reading.ranOut ? 'deadline' : null,
        emptyBecause: files.length > 0 ? null : await explainNoFile(store, connection, definition),
      }
    },
  )
}

/** One reading of several files under one deadline, with what went wrong in them. */
class SchemaReading {
  ranOut = false
  readonly problems: FormatProblem[] = []

  constructor(
    private readonly store: ObjectStore,
    private readonly definition: DatasetDefinition,
    private readonly format: FormatSettings,
    private readonly infer: boolean,
    /** Epoch milliseconds. */
    private readonly untilMs: number,
  ) {}

  /** Null for a file that gave nothing. */
  async read({ path, modifiedAtMs }: SpreadFile): Promise<FileColumns | null> {
    const leftMs = this.untilMs - now().getTime()
    if (leftMs <= 0) {
      this.ranOut = true
      return null
    }
    const collected = new FileColumns(
      { path, modifiedAt: new Date(modifiedAtMs).toISOString() },
      { schema: this.definition.schema.columns, infers: (column) => this.infers(column) },
    )
    const source = { store: this.store, path: connectionPathOf(this.definition, path) }
    const limits = { ...LIMITS, deadlineMs: leftMs }
    const reading = readRecords(source, this.format, limits, this.store.permit.signal)
    const { facts } = reading
    let isWhole = true
    try {
      for await (const batch of reading) {
        if (facts.looksLike !== undefined) break
        collected.know(facts.columns)
        for (let index = 0; index < batch.count; index++) {
          if (batch.unparsed(index) !== undefined) collected.unparsed++
          else
            collected.add({
              number: batch.firstRecord + index,
              cells: batch.cells(index),
              tooLarge: batch.tooLarge(index),
            })
        }
      }
      // A file may have columns and no record.
      collected.know(facts.columns)
    } catch (error) {
      isWhole = this.take(error, path, collected.records)
    }
    if (facts.looksLike !== undefined) {
      this.problems.push(binaryProblem(facts.looksLike, path))
      return null
    }
    for (const problem of facts.problems) this.problems.push({ ...problem, path })
    return isWhole || collected.records > 0 ? collected : null
  }

  /** The line of `line` is the record itself, a text whatever stands in it; what a file declares needs no guess. */
  private infers({ name, type }: { name: string; type: string }): boolean {
    return this.infer && type === 'string' && name !== formatKind(this.format.type).recordColumn
  }

  /** Tells of what ended a file before its thousandth record; true where that was enough of it. */
  private take(error: unknown, path: string, records: number): boolean {
    if (!(error instanceof Failure) || this.store.permit.signal.aborted) throw error
    const { reason = error.kind } = error.details
    if (reason === 'deadline') {
      this.ranOut = true
      return false
    }
    if (ENOUGH.has(reason) && records > 0) return true
    this.problems.push(toProblem(error, path))
    return false
  }
}
