import type { PartitionsSummary } from '#lib/domain/datasets/partitions-wire'
import type { WizardSource } from './use-wizard-source'

/** What List partitions counted by the settings as they stand; null where it was by others, or was not started. */
export function countListed({
  partitions: { report, reportOf, startedOf },
  partitionsAreCurrent,
}: {
  partitions: Pick<WizardSource['partitions'], 'report' | 'reportOf' | 'startedOf'>
  partitionsAreCurrent: boolean
}): (PartitionsSummary['ledger'] & { what: string; soFar: boolean }) | null {
  if (!partitionsAreCurrent || report === null || reportOf !== startedOf) return null
  const { ledger, complete } = report
  // Files in folders that were not looked into are among neither.
  const what = ledger.passed.count > 0 || ledger.passed.more ? 'listed file' : 'file'
  return { ...ledger, what, soFar: !complete }
}
