import { type ReactNode, useId } from 'react'
import { CopyButton } from './copy-button'
import { Icon } from './icon'
import { KeyValue } from './key-value'

export interface DeniedStateProps {
  /** `"You cannot open instance_audit_logs"`. */
  title: string
  /** What one needs: `"You need to be named in “Freely usable by” of dku-audit-log."` */
  children: ReactNode
  /** The names of people who can give it. */
  ask?: readonly string[]
  since?: string | undefined
  /** The text of a request to send them. */
  request?: string
  /** Where to go from here. */
  actions?: ReactNode
}

/** What one may not open: what is needed, whom to ask, the way back. */
export function DeniedState({ title, children, ask = [], since, request, actions }: DeniedStateProps) {
  const titleId = useId()
  return (
    <section className="state center" aria-labelledby={titleId}>
      <span className="glyph">
        <Icon name="lock" size="l" />
      </span>
      <h1 id={titleId}>{title}</h1>
      {typeof children === 'string' ? <p>{children}</p> : children}
      <KeyValue
        entries={[
          { key: 'Ask', value: ask.length ? ask.join(', ') : null },
          { key: 'Since', value: since },
        ]}
      />
      <div className="row wrap">
        {actions}
        {request && (
          <CopyButton value={request} label="Copy a request" small={false}>
            Copy a request
          </CopyButton>
        )}
      </div>
    </section>
  )
}
