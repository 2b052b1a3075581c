import { Icon, type IconName } from './icon'

/** How far a step is: `default` ○, `todo` ○ begun and not filled in, `set` ✓, `warning` ! and `problem` ✕ with their count, `busy` spinner. */
export type MarkState = 'default' | 'todo' | 'set' | 'warning' | 'problem' | 'busy'

export interface Mark {
  state: MarkState
  /** How many warnings or problems. */
  count?: number
}

const ICON: Record<MarkState, [IconName, string]> = {
  default: ['circle', 'def'],
  todo: ['circle', 'def'],
  set: ['check', 'set'],
  warning: ['alert', 'wrn'],
  problem: ['x', 'bad'],
  busy: ['loader', 'busy'],
}

/** The word of a mark, for the accessible name: `"2 problems"`. */
export function sayMark({ state, count = 1 }: Mark): string {
  if (state === 'default') return 'default'
  if (state === 'todo') return 'to do'
  if (state === 'set') return 'set by you'
  if (state === 'busy') return 'running'
  return `${count} ${state}${count === 1 ? '' : 's'}`
}

/** The icon of a mark; the word goes into the accessible name of what it marks. */
export function MarkIcon({ mark }: { mark: Mark }) {
  const [name, className] = ICON[mark.state]
  return <Icon name={name} className={className} />
}

/** The count of warnings or problems, and the word for screen readers. */
export function MarkWords({ mark }: { mark: Mark }) {
  const counted = mark.state === 'warning' || mark.state === 'problem'
  return (
    <>
      {counted && (
        <span className="count" aria-hidden="true">
          {mark.count ?? 1}
        </span>
      )}
      <span className="sr">, {sayMark(mark)}</span>
    </>
  )
}
