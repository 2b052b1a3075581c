'use client'

import { useMemo, useState } from 'react'
import { LinkButton } from '#components/ui/link-button'
import { Status } from '#components/ui/status'
import { MOST_COLUMNS } from '#lib/domain/datasets/definition'
import type { Problem } from '#lib/domain/datasets/problem'
import { sourceOf } from '#lib/domain/datasets/schema-diff'
import { formatCount, formatQuantity } from '#lib/domain/format'
import { findFormatKind } from '#lib/domain/formats/catalogue'
import { TEXT_COLUMNS } from '#lib/domain/formats/text-fields'
import type { Preview } from '#lib/domain/formats/wire'
import { AbsentColumns } from './schema/absent-columns'
import { knowColumns } from './schema/column-facts'
import { ColumnTable } from './schema/column-table'
import { ColumnsState } from './schema/columns-state'
import { SchemaTools } from './schema/schema-tools'
import { useSchemaReading } from './schema/use-schema-reading'
import type { WizardTabProps } from './tab-props'

/** The columns: their names, how they are stored, what they mean, and what the files say of them. */
export function SchemaTab(props: WizardTabProps) {
  const { state, dispatch, problems, source } = props
  const readOnly = props.readOnly ?? null
  const { columns } = state.definition.schema
  const reading = useSchemaReading(state.definition, filesSeen(source))
  const report = reading.report ?? source.columns.report
  const { current } = source.preview
  const known = useMemo(() => knowColumns(report, current), [report, current])
  const absent = useMemo(() => {
    const held = new Set(columns.map(sourceOf))
    const names = new Map((known?.names ?? []).map(({ name, type }) => [name, type]))
    return [...names].flatMap(([name, type]) => (held.has(name) ? [] : [{ name, type }]))
  }, [columns, known])
  const own = useMemo(() => problems.filter(({ tab }) => tab === 'schema'), [problems])
  const mistaken = useMemo(() => new Set(own.flatMap((problem) => indexOf(problem) ?? [])), [own])
  const [wanted, setWanted] = useState<{ index: number } | null>(null)
  return (
    <div className="stack">
      <p className="muted">{describe(state.definition)}</p>
      <SchemaTools reading={reading} {...props} />
      <ColumnsState columns={source.columns} preview={current} />
      <ColumnsLeftOut preview={current} />
      <Mistakes problems={own} onGo={(index) => setWanted({ index })} />
      <ColumnTable
        state={state}
        dispatch={dispatch}
        known={known}
        mistaken={mistaken}
        readOnly={readOnly}
        wanted={wanted}
      />
      <AbsentColumns
        columns={absent}
        readOnly={readOnly}
        onAdd={(added) => dispatch({ step: 'add-columns', columns: added })}
      />
    </div>
  )
}

/** What stands on the page, or is known to be the newest: redetection must not miss it. */
function filesSeen({ preview, files, filesAreCurrent }: WizardTabProps['source']): string[] {
  const newest = filesAreCurrent ? files.report?.newest[0]?.path : undefined
  return [...new Set([preview.shown?.usedPath, newest])].filter((path) => path !== undefined)
}

const describe = ({ formatType, formatParams }: WizardTabProps['state']['definition']): string =>
  findFormatKind(formatType)?.sayColumns(formatParams) ?? TEXT_COLUMNS

/** Columns beyond what a dataset can hold are in the file and not in the schema: here is where one misses them. */
function ColumnsLeftOut({ preview }: { preview: Preview | null }) {
  const problem = preview?.problems.find(({ reason }) => reason === 'too-many-columns')
  if (!problem) return null
  return (
    <Status kind="warn">
      {`${problem.message}. The columns behind the first ${formatCount(MOST_COLUMNS)} are left out of the schema.`}
    </Status>
  )
}

function indexOf({ path, severity }: Problem): number | null {
  const index = path?.[1]
  return severity === 'error' && typeof index === 'number' ? index : null
}

/** Problems that are listed; the others are counted. */
const MOST_LISTED = 5

function Mistakes({ problems, onGo }: { problems: readonly Problem[]; onGo: (index: number) => void }) {
  if (problems.length === 0) return null
  return (
    <ul className="stack gap-1" aria-label="Problems of the schema">
      {problems.slice(0, MOST_LISTED).map((problem) => {
        const index = indexOf(problem)
        return (
          <li key={`${problem.field} ${problem.reason}`} className="row gap-2">
            <Status kind={problem.severity === 'error' ? 'bad' : 'warn'}>{problem.message}</Status>
            {index !== null && <LinkButton onClick={() => onGo(index)}>Show</LinkButton>}
          </li>
        )
      })}
      {problems.length > MOST_LISTED && (
        <li className="small muted">and {formatQuantity(problems.length - MOST_LISTED, 'other')}</li>
      )}
    </ul>
  )
}
