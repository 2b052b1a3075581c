'use client'

import { Combobox as Base } from '@base-ui/react/combobox'
import type { ReactNode } from 'react'
import { ComboboxButton } from './combobox-button'
import { Icon, type IconName } from './icon'
import { useNearby } from './nearby'

export interface ComboboxItem {
  id: string
  label: string
  /** Grey, beside the label: `"group · 14 people"`. It is searched too. */
  second?: string
  icon?: IconName
}

export interface ComboboxProps<T extends ComboboxItem> {
  /** The words of the button that opens it: `"Add groups or people"`. */
  label: string
  /** The accessible name and the placeholder of its search: `"Search groups and people"`. */
  searchLabel: string
  items: readonly T[]
  chosen: readonly T[]
  onChosenChange: (chosen: T[]) => void
  /** Shows what is chosen as chips, before the button. Leave it off where a list shows them. */
  chips?: boolean
  /** What to say when nothing matches. */
  empty?: ReactNode
  /** Called as one types, when the server searches; the items are then shown as they come, narrowed while it is busy. */
  onQueryChange?: (query: string) => void
  /** A search is under way. */
  busy?: boolean
}

const itemText = (item: ComboboxItem) => item.label
const sameItem = (a: ComboboxItem, b: ComboboxItem) => a.id === b.id

function matches(item: ComboboxItem, query: string) {
  return `${item.label} ${item.second ?? ''}`.toLowerCase().includes(query.trim().toLowerCase())
}

/** The list and its search, open from the start: it is loaded when someone opens it. */
export default function ComboboxBody<T extends ComboboxItem>(props: ComboboxProps<T>) {
  const { label, searchLabel, items, chosen, onChosenChange, onQueryChange, busy } = props
  const { container, place } = useNearby()
  return (
    <Base.Root
      multiple
      items={items}
      value={[...chosen]}
      onValueChange={(next: T[]) => onChosenChange(next)}
      onInputValueChange={(query) => onQueryChange?.(query)}
      itemToStringLabel={itemText}
      isItemEqualToValue={sameItem}
      // Until the server has answered, the list is of what was typed before: Enter must not choose what fits no more.
      filter={onQueryChange && !busy ? null : matches}
      autoHighlight
      defaultOpen
    >
      {/* What opens is a dialog with the combobox in it, so this is a button. */}
      <Base.Trigger render={<ComboboxButton label={label} role="button" aria-haspopup="dialog" />} />
      {place}
      <Base.Portal container={container}>
        <Base.Positioner className="float" positionMethod="fixed" sideOffset={4} align="start">
          <Base.Popup className="menu pick" aria-label={label}>
            <div className="search">
              <Icon name={busy ? 'loader' : 'search'} />
              <Base.Input className="input" aria-label={searchLabel} placeholder={searchLabel} />
            </div>
            <Base.Empty className="none">
              {busy ? 'Searching…' : (props.empty ?? 'Nothing matches.')}
            </Base.Empty>
            <Base.List>{(item: T) => <Choice key={item.id} item={item} />}</Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Choice({ item }: { item: ComboboxItem }) {
  return (
    <Base.Item value={item} className="item">
      {item.icon && <Icon name={item.icon} />}
      <span className="grow">
        {item.label}
        {item.second && <span className="second"> · {item.second}</span>}
      </span>
      <span className="tick">
        <Base.ItemIndicator>
          <Icon name="check" />
        </Base.ItemIndicator>
      </span>
    </Base.Item>
  )
}
