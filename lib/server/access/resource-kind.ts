import 'server-only'
import type { Decision, Subject } from '#lib/domain/access/subject'
import type { MsgType } from '#lib/domain/audit/vocabulary'
import type { Tx } from '../platform/db/client'
import type { RowLock } from './lock-row'

/** When an action writes its event: with its change, on reading, or never, and then why. */
export type EventRule =
  | { msgType: MsgType; when: 'changed' }
  | { msgType: MsgType; when: 'read' }
  | { msgType: MsgType; when: 'denied-only'; because: string }

export interface ActionRule<Row> {
  allows: (subject: Subject, row: Row, at: Date) => Decision
  event: EventRule
}

/** A noun's hand to the access layer: how to load one, what it is called in events, and who may do what to it. */
export interface ResourceKind<Ref, Row, Action extends string> {
  name: string
  /** Loads the row with whatever its policy looks at; null when it does not exist in this space. */
  load: (tx: Tx, spaceId: string, ref: Ref) => Promise<Row | null>
  /** Loads one anew by what never changes of it, where its name may: so a permit asks for its right again. By its name unless told. */
  loadSame?: (tx: Tx, row: Row) => Promise<Row | null>
  /** What is locked while one is changed, so that changes follow one another; none where they cannot undo each other. */
  lock?: (row: Row) => RowLock
  /**
   * What a permit stands for, where it may come to be something else while work goes on: asked anew, it has to be the same.
   * @example "0198…"
   */
  standsFor?: (row: Row) => string
  describe: (row: Row) => { objectId: string; name: string; projectKey?: string }
  actions: Record<Action, ActionRule<Row>>
}

/** May this subject do that to this row? The one place that answers; jobs of the system may. */
export function can<Ref, Row, Action extends string>(
  kind: ResourceKind<Ref, Row, Action>,
  action: Action,
  subject: Subject,
  row: Row,
  at: Date,
): Decision {
  if (subject.kind === 'system') return { allowed: true }
  return kind.actions[action].allows(subject, row, at)
}
