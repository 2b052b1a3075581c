'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { Page, PageHeader, Section } from '#components/layout/page'
import { Banner } from '#components/ui/banner'
import { Button, ButtonLink } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { Figures } from '#components/ui/figures'
import { KeyValue } from '#components/ui/key-value'
import { MiddleTruncate } from '#components/ui/middle-truncate'
import { Skeleton } from '#components/ui/skeleton'
import { Steps } from '#components/ui/steps'
import { Time } from '#components/ui/time'
import { extensionQuery, useActivateExtension } from '#lib/client/extensions'
import { useCancelJob } from '#lib/client/jobs'
import { sayActor } from '#lib/domain/audit/say-actor'
import type { ActivationStep } from '#lib/domain/extensions/steps'
import type { Extension } from '#lib/domain/extensions/wire'
import { formatDuration, formatQuantity } from '#lib/domain/format'
import { ActivateDialog } from './activate-dialog'
import { createdEntries } from './created-entries'
import { DeactivateDialog } from './deactivate-dialog'
import { deliveryFigures } from './delivery-figures'
import { ExtensionBadge } from './extension-badge'
import { NotDelivered } from './not-delivered'

/** One extension: its steps while it comes up, its delivery while it is active. */
export function ExtensionPage({ extensionKey }: { extensionKey: string }) {
  const query = useQuery(extensionQuery(extensionKey))
  return (
    <Page>
      <AccessGate
        query={query}
        name={extensionKey}
        loading={<Skeleton label={`Loading ${extensionKey}`} rows={6} />}
        back={{ href: '/launchpad/extensions', label: 'Back to Extensions' }}
      >
        {(extension) => (
          <>
            <PageHeader
              title={extension.title}
              mono={extension.key === extension.title}
              badge={<ExtensionBadge state={extension.state} />}
              description={<Started extension={extension} />}
              actions={<Actions extension={extension} />}
            />
            <div className="cols">
              <div className="stack-6">
                <Told extension={extension} />
                {extension.state !== 'inactive' && extension.steps.length > 0 && (
                  <Card padded>
                    <Steps steps={extension.steps.map(toStep)} />
                  </Card>
                )}
                {extension.state === 'active' && <Delivery extension={extension} />}
              </div>
              <Aside extension={extension} />
            </div>
          </>
        )}
      </AccessGate>
    </Page>
  )
}

function Started({ extension }: { extension: Extension }) {
  const { state, changedBy, changedAt, description, activeSince } = extension
  if (state === 'active' && activeSince) {
    return (
      <>
        Active since <Time at={activeSince} />
      </>
    )
  }
  if ((state === 'activating' || state === 'deactivating') && changedAt) {
    return (
      <>
        Started by {sayActor(changedBy ?? '')} <Time at={changedAt} />. You can leave this page; it goes on.
      </>
    )
  }
  return description
}

function Actions({ extension }: { extension: Extension }) {
  const client = useQueryClient()
  const cancel = useCancelJob()
  const [open, setOpen] = useState<'activate' | 'deactivate' | null>(null)
  const { canActivate, canCancel, canDeactivate, canRetry, jobId, connection, state } = extension
  const close = () => setOpen(null)
  const stop = () =>
    jobId && cancel.mutate(jobId, { onSettled: () => client.invalidateQueries({ queryKey: ['extensions'] }) })
  return (
    <>
      {canCancel && jobId && (
        <Button busy={cancel.isPending} onClick={stop}>
          Cancel
        </Button>
      )}
      {canDeactivate && (
        <Button variant="ghost" onClick={() => setOpen('deactivate')}>
          Deactivate
        </Button>
      )}
      {state === 'active' && connection.exists && (
        <>
          <ButtonLink href={`/launchpad/connections/${connection.name}/permissions`}>Permissions</ButtonLink>
          <ButtonLink variant="primary" href={`/launchpad/connections/${connection.name}`}>
            Open connection
          </ButtonLink>
        </>
      )}
      {canActivate && !canRetry && (
        <Button variant="primary" onClick={() => setOpen('activate')}>
          Activate
        </Button>
      )}
      {open === 'activate' && (
        <ActivateDialog extensions={[extension]} chosen={extension.key} onClose={close} />
      )}
      {open === 'deactivate' && <DeactivateDialog extension={extension} onClose={close} />}
    </>
  )
}

/** What a person has to know before the steps: why it failed or stopped, and what to do. */
function Told({ extension }: { extension: Extension }) {
  const retry = useActivateExtension(extension.key)
  const { error, state, canRetry, deliverFrom, refusal, reason, changedBy } = extension
  if (state === 'failed' && error) {
    return (
      <Banner
        tone="bad"
        title={error.message}
        actions={
          canRetry && (
            <Button
              busy={retry.isPending}
              onClick={() => retry.mutate({ deliverFrom: deliverFrom ?? 'beginning' })}
            >
              Retry
            </Button>
          )
        }
      >
        <p>
          {retry.error?.message ?? error.remedy ?? 'What was done so far is kept; Retry goes on from there.'}
        </p>
      </Banner>
    )
  }
  if (state === 'active' && error) {
    return (
      <Banner tone="warn" title="The deactivation did not finish, and delivery goes on">
        <p>{error.message}</p>
      </Banner>
    )
  }
  if (refusal && (state === 'available' || state === 'inactive')) {
    return (
      <Banner tone="info" title="This space cannot activate it">
        <p>{refusal}</p>
      </Banner>
    )
  }
  if (state === 'inactive' && reason) {
    return (
      <Banner tone="info" title={`Deactivated by ${sayActor(changedBy ?? '')}`}>
        <p>{reason}</p>
      </Banner>
    )
  }
  return null
}

const STATES = { todo: 'todo', now: 'now', done: 'done', failed: 'fail' } as const

function toStep({ name, title, state, detail, path, tookMs }: ActivationStep) {
  return {
    id: name,
    title,
    state: STATES[state],
    // The last step is the moment itself.
    took: tookMs === null || tookMs === 0 ? undefined : formatDuration(tookMs),
    detail: (
      <>
        {path && <MiddleTruncate text={path} what="path of the object" />} {detail}
      </>
    ),
  }
}

function Delivery({ extension }: { extension: Extension }) {
  const { delivery } = extension
  return (
    <Section title="Delivery">
      <div className="stack">
        {delivery.lastError && (
          <Banner tone="warn" title={`Not delivered: ${formatQuantity(delivery.waiting, 'event')} waiting`}>
            <NotDelivered error={delivery.lastError} nextAttemptAt={delivery.nextAttemptAt} />
          </Banner>
        )}
        <Figures compact items={deliveryFigures(delivery)} />
      </div>
    </Section>
  )
}

function Aside({ extension }: { extension: Extension }) {
  const { defaultPeople, deliverFrom } = extension
  return (
    <aside className="stack-6" aria-label="About this extension">
      <section aria-label="What it adds">
        <h2 className="h3 mb-2">What it adds</h2>
        <KeyValue
          entries={[
            ...createdEntries(extension),
            { key: 'People', value: formatQuantity(defaultPeople, 'person', 'people') },
            {
              key: 'Deliver from',
              value:
                deliverFrom === null ? undefined : deliverFrom === 'now' ? 'activation on' : 'the beginning',
            },
          ]}
        />
      </section>
      <section aria-label="Afterwards">
        <h2 className="h3 mb-2">Afterwards</h2>
        <p className="small muted">
          Open it to more people under Permissions, or make a dataset from it in a project. Deactivating later
          keeps every delivered file.
        </p>
      </section>
    </aside>
  )
}
