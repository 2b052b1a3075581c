import type { ReactNode } from 'react'
import { Icon } from './icon'

export interface Figure {
  label: string
  /** The number as text: `"84,317"`. */
  value: ReactNode
  unit?: string
  note?: ReactNode
  tone?: 'warn' | 'bad' | 'ok'
}

/** Three or four numbers a page is about. */
export function Figures({ items, compact }: { items: readonly Figure[]; compact?: boolean }) {
  return (
    <dl className={`figures${items.length === 3 ? ' three' : ''}${compact ? ' compact' : ''}`}>
      {items.map((item) => (
        <div key={item.label}>
          <dt>{item.label}</dt>
          <dd>
            {item.value}
            {item.unit && <small>{item.unit}</small>}
          </dd>
          {item.note && (
            <dd className="note">
              {item.tone && <Icon name={item.tone === 'ok' ? 'check' : 'alert'} tone={item.tone} />}
              {item.note}
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
