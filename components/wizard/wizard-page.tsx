'use client'

import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import { AccessGate, isRefused } from '#components/access/access-gate'
import { WorkArea } from '#components/layout/page'
import { ButtonLink } from '#components/ui/button'
import { DeniedState } from '#components/ui/denied-state'
import { datasetsQuery } from '#lib/client/datasets'
import { draftQuery } from '#lib/client/drafts'
import { auditPreset, newDefinition } from '#lib/domain/datasets/definition'
import { newWizard, type WizardState } from '#lib/domain/datasets/wizard'
import { useSharedSettings } from './transfer/use-shared-settings'
import { Wizard } from './wizard'
import { addressWith } from './wizard-address'
import { WizardBodyToCome, WizardHeadToCome } from './wizard-to-come'

/** The wizard on its page: a draft that one opens, or a new one, for whoever may write in the project. */
export function WizardPage({ projectKey }: { projectKey: string }) {
  const query = useQuery(datasetsQuery(projectKey))
  const back = { href: `/projects/${projectKey}/flow`, label: 'Back to the Flow' }
  return (
    <WorkArea>
      {query.data === undefined && !isRefused(query.error) && <WizardHeadToCome />}
      <AccessGate
        query={query}
        name={`project ${projectKey}`}
        loading={<WizardBodyToCome />}
        back={{ href: '/projects', label: 'Back to Projects' }}
      >
        {(list, ended) =>
          list.canCreate || ended ? (
            <Drafted projectKey={projectKey} back={back} />
          ) : (
            <DeniedState
              title={`You cannot add a dataset to ${projectKey}`}
              actions={<ButtonLink href={back.href}>{back.label}</ButtonLink>}
            >
              You need to be able to write in this project. Ask one of its administrators.
            </DeniedState>
          )
        }
      </AccessGate>
    </WorkArea>
  )
}

interface DraftedProps {
  projectKey: string
  back: { href: string; label: string }
}

/** Tells a draft that was opened from one that this page has begun itself, which stays as it is. */
function Drafted({ projectKey, back }: DraftedProps) {
  const params = useSearchParams()
  const named = params.get('draft')
  const shared = useSharedSettings()
  const [begun, setBegun] = useState<string | null>(null)
  const own = named === null || named === begun
  useEffect(() => {
    if (begun && named === null)
      window.history.replaceState(
        null,
        '',
        addressWith(params.toString(), { draft: begun, connection: null, preset: null }),
      )
  }, [begun, named, params])
  if (!own) return <Opened key={named} projectKey={projectKey} draftId={named} back={back} />
  return (
    <Wizard
      // A link that is opened while the wizard is begins another draft.
      key={shared?.fragment ?? 'own'}
      projectKey={projectKey}
      opened={null}
      begin={beginWith(params.get('connection'), params.get('preset'))}
      shared={shared?.read ?? null}
      onCreated={setBegun}
    />
  )
}

function Opened({ projectKey, draftId, back }: DraftedProps & { draftId: string }) {
  const query = useQuery(draftQuery(projectKey, draftId))
  return (
    <>
      {query.data === undefined && !isRefused(query.error) && <WizardHeadToCome />}
      <AccessGate query={query} name="This draft" loading={<WizardBodyToCome />} back={back}>
        {(opened) => (
          <Wizard projectKey={projectKey} opened={opened} begin={opened.settings} onCreated={() => {}} />
        )}
      </AccessGate>
    </>
  )
}

/** What an address asks for: nothing, a connection, or all that an audit connection's dataset needs. */
function beginWith(connection: string | null, preset: string | null): WizardState {
  const begin = newWizard()
  if (!connection) return begin
  const definition = newDefinition()
  if (preset !== 'audit') {
    return { ...begin, definition: { ...definition, params: { ...definition.params, connection } } }
  }
  const { name, ...settings } = auditPreset(connection)
  return {
    ...begin,
    name,
    definition: { ...definition, ...settings },
    partitioningActive: true,
    touched: ['files', 'format', 'partitioning'],
  }
}
