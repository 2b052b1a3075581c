import { PathText } from '#components/ui/path-text'
import type { SchemaReport } from '#lib/domain/datasets/schema-report'
import { formatCount, formatQuantity } from '#lib/domain/format'

/** Problems that are listed; the others are counted. */
const MOST_LISTED = 5

/** What is to be known of a reading: what it left out, and which files could not be read. */
export function ReportNotes({ report }: { report: SchemaReport }) {
  const { problems, unparsed, columnsLeftOut, endedBy } = report
  return (
    <>
      {endedBy === 'deadline' && <p>Reading ended after 8 s. This is what was read until then.</p>}
      {unparsed > 0 && <p>{formatQuantity(unparsed, 'record')} could not be taken apart.</p>}
      {columnsLeftOut > 0 && (
        <p>{formatQuantity(columnsLeftOut, 'column')} more than a schema can hold were left out.</p>
      )}
      {problems.length > 0 && (
        <ul className="schema-findings" aria-label="Problems in the files">
          {problems.slice(0, MOST_LISTED).map((problem, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one file may have the same problem twice
            <li key={index}>
              <p>{problem.message}</p>
              <p className="mono small muted where">
                <PathText path={problem.path} />
                {problem.record !== undefined && ` · record ${formatCount(problem.record)}`}
              </p>
              {problem.remedy && <p className="small">{problem.remedy}</p>}
            </li>
          ))}
          {problems.length > MOST_LISTED && (
            <li className="muted">
              The first {MOST_LISTED} of {formatQuantity(problems.length, 'problem')}
            </li>
          )}
        </ul>
      )}
    </>
  )
}
