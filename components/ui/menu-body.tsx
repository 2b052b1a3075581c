'use client'

import { Menu as Base } from '@base-ui/react/menu'
import Link from 'next/link'
import type { ReactElement, ReactNode } from 'react'
import { Icon, type IconName } from './icon'
import { useNearby } from './nearby'

export type MenuEntry =
  | {
      kind?: 'action'
      label: string
      /** Grey, after the label: `"2 h ago"`. */
      second?: string
      icon?: IconName
      onSelect: () => void
      danger?: boolean
      /** Why it cannot be chosen; shown under the label. */
      disabledReason?: string | null
    }
  | { kind: 'link'; label: string; second?: string; icon?: IconName; href: string; download?: boolean }
  | { kind: 'group'; label: string; icon?: IconName; entries: readonly MenuEntry[] }
  | { kind: 'caption'; label: string }
  | {
      kind: 'choice'
      label: string
      value: string
      choices: readonly { value: string; label: string; icon?: IconName }[]
      onValueChange: (value: string) => void
    }
  | { kind: 'line' }

export interface MenuProps {
  /** The button that opens it: a `Button` with its label. */
  trigger: ReactElement
  entries: readonly MenuEntry[]
  align?: 'start' | 'end'
  /** More of the content's own, above the entries: who is signed in. */
  head?: ReactNode
}

/** The menu itself, open from the start: it is loaded when someone opens it. */
export default function MenuBody({ trigger, entries, align = 'end', head }: MenuProps) {
  const { container, place } = useNearby()
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      {place}
      <Base.Portal container={container}>
        <Base.Positioner className="float" positionMethod="fixed" align={align} sideOffset={6}>
          <Base.Popup className="menu">
            {head}
            {entries.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: captions and lines have no identity, the order is fixed
              <MenuRow key={index} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function MenuRow({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'line':
      return <Base.Separator />
    case 'caption':
      return <div className="cap">{entry.label}</div>
    case 'link':
      return (
        <Base.LinkItem
          className="item"
          closeOnClick
          render={<Link href={entry.href} {...(entry.download ? { download: true, prefetch: false } : {})} />}
        >
          <Label icon={entry.icon} label={entry.label} second={entry.second} />
        </Base.LinkItem>
      )
    case 'group':
      return <Submenu entry={entry} />
    case 'choice':
      return <Choices entry={entry} />
    default:
      return (
        <Base.Item
          className={entry.danger ? 'item danger' : 'item'}
          disabled={Boolean(entry.disabledReason)}
          onClick={entry.onSelect}
        >
          <Label icon={entry.icon} label={entry.label} second={entry.disabledReason ?? entry.second} />
        </Base.Item>
      )
  }
}

interface LabelProps {
  icon?: IconName | undefined
  label: string
  second?: string | undefined
}

function Label({ icon, label, second }: LabelProps) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span className="grow">
        {label}
        {second && <span className="second"> · {second}</span>}
      </span>
    </>
  )
}

function Submenu({ entry }: { entry: Extract<MenuEntry, { kind: 'group' }> }) {
  const { container, place } = useNearby()
  return (
    <Base.SubmenuRoot>
      <Base.SubmenuTrigger className="item" openOnHover>
        <Label icon={entry.icon} label={entry.label} />
        <Icon name="right" />
      </Base.SubmenuTrigger>
      {place}
      <Base.Portal container={container}>
        <Base.Positioner
          className="float"
          positionMethod="fixed"
          sideOffset={2}
          alignOffset={-4}
          side="inline-start"
        >
          <Base.Popup className="menu">
            {entry.entries.map((child, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the order is fixed
              <MenuRow key={index} entry={child} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.SubmenuRoot>
  )
}

function Choices({ entry }: { entry: Extract<MenuEntry, { kind: 'choice' }> }) {
  return (
    <Base.RadioGroup value={entry.value} onValueChange={(value: string) => entry.onValueChange(value)}>
      <Base.Group>
        <Base.GroupLabel className="cap">{entry.label}</Base.GroupLabel>
        {entry.choices.map((choice) => (
          <Base.RadioItem key={choice.value} value={choice.value} className="item" closeOnClick={false}>
            {choice.icon && <Icon name={choice.icon} />}
            <span className="grow">{choice.label}</span>
            <span className="tick">{choice.value === entry.value && <Icon name="check" />}</span>
          </Base.RadioItem>
        ))}
      </Base.Group>
    </Base.RadioGroup>
  )
}
