'use client'

import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { Select } from '#components/ui/select'
import { Sheet } from '#components/ui/sheet'
import { type Problem, TAB_LABELS, WIZARD_TABS, type WizardTab } from '#lib/domain/datasets/problem'
import { markTabs } from '#lib/domain/datasets/wizard-problems'
import { focusField } from './focus-field'
import { PreviewPane } from './preview-pane'
import { Splitter, useSplit } from './splitter'
import type { WizardTabProps } from './tab-props'
import { sayStep, TabStrip } from './tab-strip'
import { WizardTabs } from './wizard-tabs'

/** One for all tabs, so that the preview stays where it is; the calendar and the columns want this much. */
const FORM_PERCENT = 60

interface WizardBodyProps extends WizardTabProps {
  tab: WizardTab
  onTab: (tab: WizardTab) => void
  addressOf: (tab: WizardTab) => string
  /** At the left of the foot, and under the steps on small screens: "Saved 14:05 · Discard". */
  note: ReactNode
  /** Why the action cannot be done, on small screens. */
  reason: ReactNode
  /** At the end of the bar at the foot of small screens: Create, or Save. */
  action: ReactNode
  /** The field to go to, when it has just been asked for. */
  target?: Problem | null
}

/** Tabs, form, preview and foot of the wizard, for all widths; the head is its caller's. */
export function WizardBody({
  tab,
  onTab,
  addressOf,
  note,
  reason,
  action,
  target,
  ...props
}: WizardBodyProps) {
  const { state, problems, source } = props
  const marks = markTabs(state, [...problems])
  const form = useRef<HTMLElement>(null)
  const [percent, setPercent] = useSplit(FORM_PERCENT)
  const [previewing, setPreviewing] = useState(false)
  const [wanted, setWanted] = useState<Problem | null>(null)
  const preview = { definition: state.definition, source, dispatch: props.readOnly ? null : props.dispatch }
  const at = WIZARD_TABS.indexOf(tab)
  const [before, after] = [WIZARD_TABS[at - 1], WIZARD_TABS[at + 1]]
  useEffect(() => {
    const problem = wanted ?? target
    if (!problem || problem.tab !== tab || !form.current) return
    focusField(form.current, problem.field)
    setWanted(null)
  }, [wanted, target, tab])
  const go = (to: WizardTab) => {
    onTab(to)
    // A tab that says ✕ leads to the field.
    if (marks[to].mark === 'problems')
      setWanted(problems.find((one) => one.tab === to && one.severity === 'error') ?? null)
  }
  const busy: WizardTab[] = [
    ...(source.files.busy ? (['files'] as const) : []),
    ...(source.partitions.busy ? (['partitioning'] as const) : []),
  ]
  return (
    <>
      <TabStrip tab={tab} marks={marks} busy={busy} addressOf={addressOf} onTab={go} />
      <div className="stack wizard-step only-s">
        <Select
          aria-label="Step"
          value={tab}
          choices={WIZARD_TABS.map((value) => ({ value, label: sayStep(value, marks) }))}
          onValueChange={go}
        />
        <div className="row justify-between small muted">{note}</div>
        {reason}
      </div>
      <div className="wizard-body" style={{ '--split': `${percent / (100 - percent)}fr` } as CSSProperties}>
        <section
          ref={form}
          className="wizard-form"
          aria-label={`${TAB_LABELS[tab]} settings`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
          tabIndex={0}
        >
          <WizardTabs tab={tab} {...props} />
        </section>
        <Splitter percent={percent} onMove={setPercent} />
        <section className="wizard-preview" aria-label="Preview">
          <PreviewPane {...preview} />
        </section>
      </div>
      <div className="wizard-foot">
        {note}
        <span className="end" />
        <Button
          disabledReason={before ? null : 'This is the first tab.'}
          onClick={() => before && onTab(before)}
        >
          Back
        </Button>
        <Button disabledReason={after ? null : 'This is the last tab.'} onClick={() => after && onTab(after)}>
          Next
        </Button>
      </div>
      <div className="create-bar">
        <Button square icon="columns" aria-label="Preview" onClick={() => setPreviewing(true)} />
        {before && <Button square icon="left" aria-label="Back" onClick={() => onTab(before)} />}
        {after && <Button onClick={() => onTab(after)}>Next</Button>}
        {action}
      </div>
      <Sheet side="bottom" title="Preview" open={previewing} onOpenChange={setPreviewing}>
        <div className="flex min-h-0 flex-1 flex-col">
          <PreviewPane {...preview} untitled />
        </div>
      </Sheet>
    </>
  )
}
