'use client'

import type { MouseEvent } from 'react'
import { type Mark, MarkIcon, MarkWords, sayMark } from '#components/ui/tab-mark'
import { TAB_LABELS, WIZARD_TABS, type WizardTab } from '#lib/domain/datasets/problem'
import type { TabMark } from '#lib/domain/datasets/wizard-problems'

interface TabStripProps {
  tab: WizardTab
  marks: Record<WizardTab, TabMark>
  /** Work that goes on behind a tab. */
  busy: readonly WizardTab[]
  addressOf: (tab: WizardTab) => string
  onTab: (tab: WizardTab) => void
}

/** The tabs as links, each saying whether it is done, has problems or stands at its default. */
export function TabStrip({ tab, marks, busy, addressOf, onTab }: TabStripProps) {
  const follow = (event: MouseEvent, to: WizardTab) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onTab(to)
  }
  return (
    <nav className="tabs wizard-tabs only-l" aria-label="Steps">
      {WIZARD_TABS.map((one) => {
        const mark = toMark(marks[one], busy.includes(one))
        return (
          <a
            key={one}
            className="tab"
            href={addressOf(one)}
            aria-current={one === tab ? 'page' : undefined}
            onClick={(event) => follow(event, one)}
          >
            <MarkIcon mark={mark} />
            {TAB_LABELS[one]}
            <MarkWords mark={mark} />
          </a>
        )
      })}
    </nav>
  )
}

/** `"Step 4 of 5 · Partitioning · 1 problem"`, as the select of small screens says it. */
export function sayStep(tab: WizardTab, marks: Record<WizardTab, TabMark>): string {
  const mark = toMark(marks[tab], false)
  const step = sayPlace(tab)
  return mark.state === 'problem' || mark.state === 'warning' || mark.state === 'todo'
    ? `${step} · ${sayMark(mark)}`
    : step
}

/** `"Step 4 of 5 · Partitioning"` */
export const sayPlace = (tab: WizardTab): string =>
  `Step ${WIZARD_TABS.indexOf(tab) + 1} of ${WIZARD_TABS.length} · ${TAB_LABELS[tab]}`

function toMark(mark: TabMark, busy: boolean): Mark {
  if (busy) return { state: 'busy' }
  if (mark.mark === 'problems') return { state: 'problem', count: mark.count }
  if (mark.mark === 'warnings') return { state: 'warning', count: mark.count }
  return { state: mark.mark }
}
