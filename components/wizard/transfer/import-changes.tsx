import { Status } from '#components/ui/status'
import { type Column, Table } from '#components/ui/table'
import type { SettingChange } from '#lib/domain/datasets/definition-diff'
import { sayProblem } from '#lib/domain/datasets/say-problem'
import { formatQuantity } from '#lib/domain/format'
import type { ReadImport } from './read-import'

const MOST_SHOWN = 200
const value = (text: string | null) =>
  text === null ? <span className="muted">not set</span> : <code className="break-all">{text || '""'}</code>

const COLUMNS: Column<SettingChange>[] = [
  { id: 'setting', header: 'Setting', look: 'mono', card: 'head', cell: ({ setting }) => setting },
  { id: 'from', header: 'Now', cell: ({ from }) => value(from) },
  { id: 'to', header: 'After', cell: ({ to }) => value(to) },
]

/** What an import changes, and the problems that it brings along. */
export function ImportChanges({ changes, problems }: Pick<ReadImport, 'changes' | 'problems'>) {
  return (
    <section className="stack gap-3" aria-label="What changes">
      <p role="status">
        {changes.length === 0
          ? 'It is the same as what stands here.'
          : `${formatQuantity(changes.length, 'setting')} will change:`}
      </p>
      {changes.length > 0 && (
        <div className="card settings-changes">
          <Table
            label="Changed settings"
            columns={COLUMNS}
            rows={changes.slice(0, MOST_SHOWN)}
            rowKey={({ setting }) => setting}
          />
        </div>
      )}
      {changes.length > MOST_SHOWN && <p className="small muted">and {changes.length - MOST_SHOWN} more</p>}
      {problems.length > 0 && (
        <ul className="stack gap-1" aria-label="Problems">
          {problems.map((problem) => (
            <li key={`${problem.field} ${problem.message}`}>
              <Status kind={problem.severity === 'error' ? 'bad' : 'warn'}>{sayProblem(problem)}</Status>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
