'use client'

import { useQuery } from '@tanstack/react-query'
import { Page, PageHeader, Section } from '#components/layout/page'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { KeyValue } from '#components/ui/key-value'
import { Skeleton } from '#components/ui/skeleton'
import { Time } from '#components/ui/time'
import { showSuccess } from '#components/ui/toast'
import { settingsQuery, useSaveSpace } from '#lib/client/settings'
import { type Settings, spaceChange } from '#lib/domain/spaces/wire'
import { FormError, useCheckedForm } from './checked-form'
import { GatedPage } from './gated-page'

/** The space, and what the operator set for the whole deployment. */
export function SettingsPage() {
  const query = useQuery(settingsQuery())
  return (
    <GatedPage
      query={query}
      name="the settings"
      loading={<Skeleton label="Loading settings" />}
      frame={(content) => (
        <Page narrow>
          <PageHeader title="Settings" description="The space, and what its operator set." />
          {content}
        </Page>
      )}
    >
      {(settings, ended) => (
        <div className="stack gap-8">
          <Section title="Space">
            <Card padded>
              <SpaceForm key={settings.space.name} settings={settings} ended={ended} />
            </Card>
          </Section>
          <Section title="Set by the operator" note="By environment variables, for the whole deployment">
            <Card padded>
              <OperatorFacts operator={settings.operator} />
            </Card>
          </Section>
          <Section title="Installation">
            <Card padded>
              <InstallationFacts installation={settings.installation} />
            </Card>
          </Section>
        </div>
      )}
    </GatedPage>
  )
}

function SpaceForm({ settings, ended }: { settings: Settings; ended: string | null }) {
  const save = useSaveSpace()
  const { form, values, set, errorOf, onSubmit, rest } = useCheckedForm({
    schema: spaceChange,
    initial: { name: settings.space.name },
    error: save.error,
    send: (body) => save.mutate(body, { onSuccess: () => showSuccess('Space renamed.') }),
  })
  const unchanged = values.name === settings.space.name ? 'Nothing is changed.' : null
  return (
    <form className="form" ref={form} onSubmit={onSubmit} noValidate>
      <Field label="Name" error={errorOf('name')}>
        <Input
          name="name"
          width="l"
          readOnly={!settings.canSave}
          value={values.name}
          onChange={(event) => set('name', event.target.value)}
        />
      </Field>
      <FormError error={rest} />
      <div className="row">
        <Button type="submit" variant="primary" busy={save.isPending} disabledReason={ended ?? unchanged}>
          Save
        </Button>
      </div>
    </form>
  )
}

const OperatorFacts = ({ operator }: { operator: Settings['operator'] }) => (
  <KeyValue
    entries={[
      { key: 'Address', value: operator.url, mono: true },
      { key: 'Entitlement', value: operator.entitlement },
      { key: 'Database', value: operator.database, mono: true },
      { key: 'Store', value: operator.storeEndpoint ?? `Amazon S3 in ${operator.storeRegion}`, mono: true },
      { key: 'Bucket', value: operator.storeBucket, mono: true },
      {
        key: 'Private endpoints allowed',
        value: operator.allowedEndpoints.join(', ') || 'none',
        mono: operator.allowedEndpoints.length > 0,
      },
      {
        key: 'Credentials of the environment',
        value: operator.allowEnvironmentCredentials ? 'connections may use them' : 'not for connections',
      },
    ]}
  />
)

const InstallationFacts = ({ installation }: { installation: Settings['installation'] }) => (
  <KeyValue
    entries={[
      { key: 'Version', value: installation.version, mono: true },
      { key: 'Short id', value: installation.shortId, mono: true },
      { key: 'First start', value: <Time at={installation.createdAt} as="exact" /> },
    ]}
  />
)
