'use client'

import { lazy, type ReactNode } from 'react'
import { Chip } from './chip'
import type { ComboboxItem, ComboboxProps } from './combobox-body'
import { ComboboxButton } from './combobox-button'
import { OnDemand } from './on-demand'

const load = () => import('./combobox-body')
// lazy() forgets the type parameter.
const ComboboxBody = lazy(load) as unknown as <T extends ComboboxItem>(props: ComboboxProps<T>) => ReactNode

export type { ComboboxItem, ComboboxProps } from './combobox-body'

/** Chooses several from a list, by a button and a search: people, groups, tags. */
export function Combobox<T extends ComboboxItem>(props: ComboboxProps<T>) {
  const { chosen, onChosenChange } = props
  return (
    <>
      {props.chips && <ChosenChips chosen={chosen} onChosenChange={onChosenChange} />}
      <OnDemand trigger={<ComboboxButton label={props.label} />} popup="dialog" load={load}>
        <ComboboxBody {...props} />
      </OnDemand>
    </>
  )
}

function ChosenChips<T extends ComboboxItem>({
  chosen,
  onChosenChange,
}: Pick<ComboboxProps<T>, 'chosen' | 'onChosenChange'>) {
  return chosen.map((item) => (
    <Chip
      key={item.id}
      {...(item.icon ? { icon: item.icon } : {})}
      removeLabel={`Take ${item.label} off`}
      onRemove={() => onChosenChange(chosen.filter((other) => other.id !== item.id))}
    >
      {item.label}
    </Chip>
  ))
}
