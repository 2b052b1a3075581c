import { KeyValue } from '#components/ui/key-value'
import { PathText } from '#components/ui/path-text'
import { Time } from '#components/ui/time'
import { sayActor } from '#lib/domain/audit/say-actor'
import type { Dataset } from '#lib/domain/datasets/wire'
import { FormatName } from './format-name'

/** The settings of a dataset, for those who may not change them. */
export function SettingsSummary({ dataset }: { dataset: Dataset }) {
  const { definition, lock } = dataset
  const { params, partitioning, schema } = definition
  const why = lock
    ? `${lock.message} ${lock.ask.length > 0 ? `Ask: ${lock.ask.join(', ')}.` : ''}`
    : 'You need the write permission on this project and the use of the connection.'
  return (
    <div className="p-6 stack-6 max-md:p-4">
      <p className="small muted">These settings can be read, not changed. {why}</p>
      <KeyValue
        entries={[
          { key: 'Connection', value: params.connection, mono: true },
          { key: 'Bucket', value: params.bucket, mono: true },
          { key: 'Path', value: <PathText path={params.path} />, mono: true },
          {
            key: 'Format',
            value: <FormatName type={definition.formatType} />,
          },
          { key: 'Columns', value: schema.columns.map((column) => column.name).join(', '), mono: true },
          {
            key: 'Pattern',
            value: partitioning.dimensions.length > 0 ? partitioning.filePathPattern : null,
            mono: true,
          },
          {
            key: 'Partitioned by',
            value: dataset.partitioned ? dataset.dimensions.join(', ') : 'not partitioned',
            mono: dataset.partitioned,
          },
          {
            key: 'Created',
            value: (
              <>
                <Time at={dataset.createdAt} /> by {sayActor(dataset.createdBy)}
              </>
            ),
          },
          {
            key: 'Changed',
            value: (
              <>
                <Time at={dataset.updatedAt} /> by {sayActor(dataset.updatedBy)}
              </>
            ),
          },
        ]}
      />
    </div>
  )
}
