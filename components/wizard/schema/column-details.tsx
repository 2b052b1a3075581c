import { KeyValue } from '#components/ui/key-value'
import { MiddleTruncate } from '#components/ui/middle-truncate'
import { Time } from '#components/ui/time'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { sourceOf } from '#lib/domain/datasets/schema-diff'
import { formatCount, formatQuantity } from '#lib/domain/format'
import type { ColumnFacts, KnownColumns } from './column-facts'
import { sayAgainst } from './review-model'
import { ValueAt } from './value-at'

/** What the files say of a column. */
export function ColumnDetails({ column, known }: { column: SchemaColumn; known: KnownColumns | null }) {
  const facts = known?.factsOf(sourceOf(column))
  if (!known || !facts) {
    return (
      <p className="muted">
        {known ? `What was read has no column “${sourceOf(column)}”.` : 'No file has been read yet.'}
      </p>
    )
  }
  return (
    <KeyValue
      entries={[
        { key: 'In the files', value: column.source, mono: true },
        {
          key: 'Seen in',
          value: `${formatCount(facts.present)} of ${formatQuantity(facts.records, 'record')}${
            facts.empty > 0 ? `, ${formatCount(facts.empty)} empty` : ''
          }`,
        },
        { key: 'First seen', value: <FirstSeen {...facts.firstSeen} /> },
        { key: 'Longest', value: formatQuantity(facts.longestChars, 'character') },
        { key: 'Examples', value: facts.examples.length > 0 ? <Examples facts={facts} /> : null },
        { key: 'Not of type', value: facts.against[0] ? <Against facts={facts} /> : null },
      ]}
    />
  )
}

function FirstSeen({ path, modifiedAt }: ColumnFacts['firstSeen']) {
  return (
    <span className="row gap-1.5 min-w-0">
      <MiddleTruncate text={path} what="path" />
      {modifiedAt && <Time at={modifiedAt} as="day" />}
    </span>
  )
}

function Examples({ facts: { examples } }: { facts: ColumnFacts }) {
  return (
    <ul className="schema-examples">
      {examples.map((example) => (
        <li key={example}>
          <code>{example}</code>
        </li>
      ))}
    </ul>
  )
}

function Against({ facts: { against } }: { facts: ColumnFacts }) {
  return (
    <ul className="schema-examples">
      {against.map((one) => (
        <li key={one.type}>
          {sayAgainst(one)}
          <ValueAt place={one} />
        </li>
      ))}
    </ul>
  )
}
