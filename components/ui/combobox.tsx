'use client'

import { Combobox as Base } from '@base-ui/react/combobox'
import { type ReactNode, useId } from 'react'
import { classes } from './classes'
import { Icon, type IconName } from './icon'

export interface ComboboxItem {
  id: string
  label: string
  /** Grey, beside the label: `"group · 14 people"`. It is searched too. */
  second?: string
  icon?: IconName
}

export interface ComboboxProps<T extends ComboboxItem> {
  /** The accessible name: `"Groups or people"`. */
  label: string
  items: readonly T[]
  chosen: readonly T[]
  onChosenChange: (chosen: T[]) => void
  placeholder?: string
  /** What to say when nothing matches. */
  empty?: ReactNode
  /** Called as one types, when the server searches; the items are then shown as they come. */
  onQueryChange?: (query: string) => void
  /** A search is under way. */
  busy?: boolean
  autoFocus?: boolean
}

const itemText = (item: ComboboxItem) => item.label
const sameItem = (a: ComboboxItem, b: ComboboxItem) => a.id === b.id

function matches(item: ComboboxItem, query: string) {
  return `${item.label} ${item.second ?? ''}`.toLowerCase().includes(query.trim().toLowerCase())
}

/** Chooses several from a list by typing: people, groups, tags. Backspace takes the last one off. */
export function Combobox<T extends ComboboxItem>(props: ComboboxProps<T>) {
  const {
    label,
    items,
    chosen,
    onChosenChange,
    placeholder,
    empty = 'Nothing matches.',
    onQueryChange,
  } = props
  const id = useId()
  return (
    <Base.Root
      multiple
      items={items as T[]}
      value={chosen as T[]}
      onValueChange={(next: T[]) => onChosenChange(next)}
      onInputValueChange={(query) => onQueryChange?.(query)}
      itemToStringLabel={itemText}
      isItemEqualToValue={sameItem}
      filter={onQueryChange ? null : matches}
      autoHighlight
    >
      <label className="sr" htmlFor={id}>
        {label}
      </label>
      <Base.Chips className="pick">
        {chosen.map((item) => (
          <Base.Chip key={item.id} className="chip" aria-label={item.label}>
            <ItemText item={item} />
            <Base.ChipRemove aria-label={`Take ${item.label} off`}>
              <Icon name="x" />
            </Base.ChipRemove>
          </Base.Chip>
        ))}
        <Base.Input id={id} placeholder={chosen.length ? '' : placeholder} autoFocus={props.autoFocus} />
        {props.busy && <Icon name="loader" label="Searching" />}
      </Base.Chips>
      <Base.Portal>
        <Base.Positioner className="float" sideOffset={4} align="start">
          <Base.Popup className="menu pick-list">
            <Base.Empty className="none">{props.busy ? 'Searching…' : empty}</Base.Empty>
            <Base.List>
              {(item: T) => (
                <Base.Item key={item.id} value={item} className="item">
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
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function ItemText({ item }: { item: ComboboxItem }) {
  return (
    <>
      {item.icon && <Icon name={item.icon} />}
      <span className={classes(!item.icon && 'plain')}>{item.label}</span>
    </>
  )
}
