import { Time } from '#components/ui/time'
import { Tooltip } from '#components/ui/tooltip'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { sourceOf } from '#lib/domain/datasets/schema-diff'
import { formatCount, formatQuantity } from '#lib/domain/format'
import { type ColumnFacts, type KnownColumns, sayShare } from './column-facts'

/** In how many records a column is, and since when; examples on hover and focus. */
export function SeenCell({ column, known }: { column: SchemaColumn; known: KnownColumns | null }) {
  if (!known) return <span className="muted">–</span>
  const facts = known.factsOf(sourceOf(column))
  if (!facts) return <span className="status warn">in no {known.from === 'files' ? 'file' : 'record'}</span>
  const { present, records, firstSeen } = facts
  return (
    <Tooltip content={sayExamples(facts)}>
      <button type="button" className="schema-seen" aria-label={saySeen(facts)}>
        <span className="num">{sayShare(present, records)}</span>
        <span className="small muted">
          {firstSeen.modifiedAt ? (
            <>
              since <Time at={firstSeen.modifiedAt} as="day" />
            </>
          ) : (
            'of 1 file'
          )}
        </span>
      </button>
    </Tooltip>
  )
}

const saySeen = ({ present, records }: ColumnFacts): string =>
  `In ${formatCount(present)} of ${formatQuantity(records, 'record')}`

function sayExamples(facts: ColumnFacts): string {
  const { examples } = facts
  return examples.length > 0 ? examples.join(' · ') : `${saySeen(facts)}, without a value`
}
