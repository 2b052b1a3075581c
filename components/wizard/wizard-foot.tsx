'use client'

import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { WIZARD_TABS, type WizardTab } from '#lib/domain/datasets/problem'

interface WizardFootProps {
  tab: WizardTab
  onTab: (tab: WizardTab) => void
  /** At the left: "Saved 14:05 · Discard". */
  note: ReactNode
}

/** The foot of the wizard: how the draft stands, and the way back and on. */
export function WizardFoot({ tab, onTab, note }: WizardFootProps) {
  return (
    <div className="wizard-foot">
      {note}
      <span className="end" />
      <Button {...towards(tab, -1, onTab)}>Back</Button>
      <Button {...towards(tab, 1, onTab)}>Next</Button>
    </div>
  )
}

interface CreateBarProps extends Omit<WizardFootProps, 'note'> {
  onPreview: () => void
  /** Create, or Save. */
  action: ReactNode
}

/** The bar at the foot of small screens. */
export function CreateBar({ tab, onTab, onPreview, action }: CreateBarProps) {
  return (
    <div className="create-bar">
      <Button square icon="columns" aria-label="Preview" onClick={onPreview} />
      <Button square icon="left" aria-label="Back" {...towards(tab, -1, onTab)} />
      <Button {...towards(tab, 1, onTab)}>Next</Button>
      <span className="action">{action}</span>
    </div>
  )
}

/** What leads to the tab beside one; at either end it stays, so that whoever pressed it does not lose the focus. */
function towards(tab: WizardTab, by: -1 | 1, onTab: (tab: WizardTab) => void) {
  const beside = WIZARD_TABS[WIZARD_TABS.indexOf(tab) + by]
  return {
    disabledReason: beside ? null : `This is the ${by < 0 ? 'first' : 'last'} tab.`,
    onClick: () => beside && onTab(beside),
  }
}
