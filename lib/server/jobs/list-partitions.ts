import 'server-only'
import { listPartitionsJob } from '#lib/domain/datasets/jobs'
import type { PartitionsReport, PartitionsSummary } from '#lib/domain/datasets/partitions-wire'
import { formatQuantity } from '#lib/domain/format'
import type { Ledger, PartitionTotals } from '#lib/domain/partitioning/ledger'
import { toLedgerWire } from '#lib/domain/partitioning/ledger-wire'
import { listDatasetPartitions, listPartitions, type OnListed } from '../datasets/listing/list-partitions'
import { now } from '../platform/clock'
import { defineJob, type RunningJob } from './job-handler'

/** How often what is new is given to the page. */
const EVERY_MS = 500

export const listPartitionsHandler = defineJob({
  ...listPartitionsJob,
  whenWorkerIsLost: 'retry',
  run: async (job, request) => {
    const startedAt = now()
    const progress = createProgress(job)
    job.keepOnCancel(async () => {
      const ledger = await progress.flush()
      return ledger && summaryOf(partialReport(ledger, startedAt))
    })
    try {
      const report = await ('dataset' in request
        ? listDatasetPartitions(job.ctx, request.dataset, progress.onListed, request.scope, job.keepWhile)
        : listPartitions(job.ctx, request, progress.onListed))
      await progress.flush()
      return summaryOf(report)
    } finally {
      progress.stop()
    }
  },
})

function summaryOf(report: PartitionsReport): PartitionsSummary {
  const { partitions, ...ledger } = report.ledger
  return { ...report, ledger, partitions: partitions.length }
}

/** What a listing that was stopped has found: "so far". */
const partialReport = (ledger: Ledger, startedAt: Date): PartitionsReport => ({
  listedAt: startedAt.toISOString(),
  complete: false,
  ledger: toLedgerWire(ledger),
  emptyBecause: null,
})

/** Gives partitions out as their sums change, also while the store is slow to answer: the last item of an id is the one that counts. */
function createProgress(job: RunningJob) {
  const given = new Map<string, number>()
  let live: Ledger | undefined
  let later: NodeJS.Timeout | undefined
  let inTurn: Promise<unknown> = Promise.resolve()
  const giveChanged = async () => {
    if (!live) return null
    const changed = [...live.partitions].filter(([id, totals]) => given.get(id) !== totals.files)
    const items = changed.map(toItem)
    if (items.length > 0) await job.append(items)
    for (const { id, files } of items) given.set(id, files)
    return live
  }
  const stop = () => {
    clearTimeout(later)
    later = undefined
  }
  const flush = () => {
    stop()
    const turn = inTurn.then(giveChanged)
    inTurn = turn.catch(() => null)
    return turn
  }
  const onListed: OnListed = async (ledger) => {
    live = ledger
    job.report({ done: ledger.listed, message: formatQuantity(ledger.listed, 'object') })
    // What cannot be given now is given, or fails, with what comes next.
    later ??= setTimeout(() => flush().catch(() => null), given.size === 0 ? 0 : EVERY_MS)
  }
  return { onListed, flush, stop }
}

const toItem = ([id, totals]: [string, PartitionTotals]) => ({ id, ...totals })
