import { countByRule } from '#lib/domain/datasets/count-by-rule'
import type { FilesSelectionRules } from '#lib/domain/datasets/definition'
import type { FilesReport } from '#lib/domain/datasets/files-wire'
import { formatCount } from '#lib/domain/format'

/** What rules do to the files of the last listing, for people. */
export interface SaidCounts {
  /** One for each rule in force. */
  byRule: string[]
  together: string
}

/**
 * Says what rules take and leave: of all files where the listing was made with them, of its examples while they are
 * edited. Null without a file to try them on.
 */
export function sayCounts(
  rules: FilesSelectionRules,
  report: FilesReport | null,
  isCurrent: boolean,
): SaidCounts | null {
  if (!report || rules.mode === 'ALL') return null
  const { excluded, kept, byRule } = report
  const counted = isCurrent
    ? { byRule, taken: kept, total: kept + excluded.rule }
    : countByRule(rules, report.examplesOfAll)
  if (counted.total === 0) return null
  const what = isCurrent ? (report.complete ? 'files' : 'files so far') : 'examples'
  const does = rules.mode === 'RULES_ALL_BUT_EXCLUDED' ? 'leaves out' : 'takes'
  const of = `of ${formatCount(counted.total)} ${what}`
  const left = formatCount(counted.total - counted.taken)
  const exact = isCurrent ? '' : ' List files counts them all.'
  return {
    byRule: counted.byRule.map((count) => `${does} ${formatCount(count)} ${of}`),
    together: `Takes ${formatCount(counted.taken)} ${of}, leaves ${left}.${exact}`,
  }
}
