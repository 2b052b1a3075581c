'use client'

import Link from 'next/link'
import { useState } from 'react'
import { Banner } from '#components/ui/banner'
import { Button, ButtonLink } from '#components/ui/button'
import { classes } from '#components/ui/classes'
import { KeyValue } from '#components/ui/key-value'
import type { Extension } from '#lib/domain/extensions/wire'
import { createdEntries } from './created-entries'
import { DeactivateDialog } from './deactivate-dialog'
import { deliveryLine } from './delivery-line'
import { ExtensionBadge } from './extension-badge'

interface ExtensionCardProps {
  extension: Extension
  onActivate: () => void
}

/** One entry of the catalogue: what it adds, how it stands, what can be done. */
export function ExtensionCard({ extension, onActivate }: ExtensionCardProps) {
  const { key, title, description, state, delivery, refusal } = extension
  const headingId = `extension-${key}`
  return (
    <li className="card card-pad stack" aria-labelledby={headingId}>
      <div className="row wrap">
        <h2 className={classes('card-title', key === title && 'quoted')} id={headingId}>
          <Link href={`/launchpad/extensions/${key}`}>{title}</Link>
        </h2>
        <ExtensionBadge state={state} />
        <span className="row end">
          <Actions extension={extension} onActivate={onActivate} />
        </span>
      </div>
      <p className="muted">{description}</p>
      <KeyValue
        entries={[
          ...createdEntries(extension),
          { key: 'Delivery', value: state === 'active' ? deliveryLine(delivery) : undefined },
        ]}
      />
      {refusal && (state === 'available' || state === 'inactive') && (
        <Banner tone="info" title="This space cannot activate it">
          <p>{refusal}</p>
        </Banner>
      )}
    </li>
  )
}

function Actions({ extension, onActivate }: ExtensionCardProps) {
  const [deactivating, setDeactivating] = useState(false)
  const { key, state, canActivate, canDeactivate, connection } = extension
  if (state === 'available' || state === 'inactive') {
    return canActivate ? <Button onClick={onActivate}>Activate</Button> : null
  }
  if (state !== 'active') return <ButtonLink href={`/launchpad/extensions/${key}`}>Show the steps</ButtonLink>
  return (
    <>
      {canDeactivate && (
        <Button variant="ghost" onClick={() => setDeactivating(true)}>
          Deactivate
        </Button>
      )}
      {connection.exists && (
        <ButtonLink href={`/launchpad/connections/${connection.name}`}>Open connection</ButtonLink>
      )}
      {deactivating && <DeactivateDialog extension={extension} onClose={() => setDeactivating(false)} />}
    </>
  )
}
