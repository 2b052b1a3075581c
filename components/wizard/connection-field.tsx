'use client'

import { useQuery } from '@tanstack/react-query'
import { FormRow } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { Select } from '#components/ui/select'
import { connectionsQuery } from '#lib/client/connections'
import type { ConnectionItem } from '#lib/domain/connections/wire'

interface ConnectionFieldProps {
  value: string
  error: string | undefined
  disabled: boolean
  onValueChange: (name: string) => void
}

/** The connections one may use; the others stand there as locked, with whom to ask. */
export function ConnectionField({ value, error, disabled, onValueChange }: ConnectionFieldProps) {
  const { data, error: failure, refetch } = useQuery(connectionsQuery())
  const items = data?.items ?? []
  const chosen = items.find(({ name }) => name === value)
  const locked = items.filter((item) => !item.abilities.canUse)
  const choices = [
    ...(value === ''
      ? [{ value: '', label: data || failure ? 'Choose a connection' : 'Loading…', disabled: true }]
      : []),
    ...(data && value !== '' && !chosen ? [{ value, label: `${value} (not there)` }] : []),
    ...(!data && value !== '' ? [{ value, label: value }] : []),
    ...items.map((item) => ({
      value: item.name,
      label: item.abilities.canUse ? item.name : `${item.name} (locked)`,
      disabled: !item.abilities.canUse && item.name !== value,
    })),
  ]
  return (
    <FormRow
      label="S3 connection"
      required
      error={
        error ??
        ((data &&
          value !== '' &&
          !chosen &&
          `There is no connection ${value} here that you may see. Choose another one, or ask for it.`) ||
          (failure && !data && (
            <>
              The connections could not be read. <LinkButton onClick={() => refetch()}>Try again</LinkButton>
            </>
          )))
      }
      hint={
        <Hint
          isRead={data !== undefined}
          chosen={chosen}
          locked={locked}
          items={items}
          ask={data?.ask ?? []}
        />
      }
    >
      <Select value={value} choices={choices} disabled={disabled} onValueChange={onValueChange} />
    </FormRow>
  )
}

interface HintProps {
  /** The connections have been read. */
  isRead: boolean
  chosen: ConnectionItem | undefined
  locked: readonly ConnectionItem[]
  items: readonly ConnectionItem[]
  ask: readonly string[]
}

function Hint({ chosen, locked, items, ask, isRead }: HintProps) {
  const whom = ask.length > 0 ? ` Ask: ${ask.join(', ')}.` : ''
  const names = locked.filter((item) => item !== chosen).map(({ name }) => name)
  return (
    <>
      {chosen && !chosen.abilities.canUse && (
        <span className="block">{`You need to be named in “Freely usable by” of ${chosen.name}.${whom}`}</span>
      )}
      {chosen?.managedBy && (
        <span className="block">{`Managed by extension ${chosen.managedBy.label}, read only`}</span>
      )}
      {chosen && !chosen.managedBy && chosen.description && (
        <span className="block">{chosen.description}</span>
      )}
      {isRead && locked.length === items.length && !chosen && (
        <span className="block">{`No connection is open to you yet.${names.length > 0 ? '' : whom}`}</span>
      )}
      {names.length > 0 && <span className="block">{`Locked for you: ${names.join(', ')}.${whom}`}</span>}
    </>
  )
}
