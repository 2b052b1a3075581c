'use client'

import dynamic from 'next/dynamic'
import { type CSSProperties, type ReactNode, useRef, useState } from 'react'
import { GridSkeleton } from '#components/grid/grid-skeleton'
import { Select } from '#components/ui/select'
import { Sheet } from '#components/ui/sheet'
import { type Problem, TAB_LABELS, WIZARD_TABS, type WizardTab } from '#lib/domain/datasets/problem'
import { markTabs } from '#lib/domain/datasets/wizard-problems'
import { refusedPath } from './refused-path'
import { Splitter, useSplit } from './splitter'
import type { WizardTabProps } from './tab-props'
import { sayPlace, sayStep, TabStrip } from './tab-strip'
import { useGoToField } from './use-go-to-field'
import { CreateBar, WizardFoot } from './wizard-foot'
import { WizardTabs } from './wizard-tabs'

const loadPreview = () => import('./preview-pane').then(({ PreviewPane }) => PreviewPane)
if (typeof window !== 'undefined') loadPreview().catch(() => {})
const PreviewPane = dynamic(loadPreview, {
  ssr: false,
  loading: () => <GridSkeleton label="Reading the preview" />,
})

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
export function WizardBody(props: WizardBodyProps) {
  const { tab, onTab, addressOf, note, reason, action, target = null, ...tabProps } = props
  const { state, problems, source, dispatch, readOnly } = tabProps
  // The server's refusal of the path stands at its field as mistakes do, and is none of the definition.
  const marked = [...problems, ...refusedPath(source)]
  const marks = markTabs(state, marked)
  const form = useRef<HTMLElement>(null)
  const [percent, setPercent] = useSplit(FORM_PERCENT)
  const [previewing, setPreviewing] = useState(false)
  const [said, setSaid] = useState('')
  const goToField = useGoToField(form, tab, target)
  const preview = {
    definition: state.definition,
    isChosen: state.touched.includes('format'),
    source,
    dispatch: readOnly ? null : dispatch,
  }
  const move = (to: WizardTab) => {
    onTab(to)
    setSaid(sayPlace(to))
  }
  const choose = (to: WizardTab) => {
    move(to)
    // A tab that says ✕ leads to the field.
    if (marks[to].mark === 'problems')
      goToField(marked.find((one) => one.tab === to && one.severity === 'error') ?? null)
  }
  return (
    <>
      <TabStrip tab={tab} marks={marks} busy={busyTabs(source)} addressOf={addressOf} onTab={choose} />
      <div className="wizard-step">
        <Select
          aria-label="Step"
          value={tab}
          choices={WIZARD_TABS.map((value) => ({ value, label: sayStep(value, marks) }))}
          onValueChange={choose}
        />
      </div>
      <div className="wizard-standing">
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
          <WizardTabs tab={tab} {...tabProps} />
        </section>
        <Splitter percent={percent} onMove={setPercent} />
        <section className="wizard-preview" aria-label="Preview">
          <PreviewPane {...preview} />
        </section>
      </div>
      <WizardFoot tab={tab} onTab={move} note={note} />
      <CreateBar tab={tab} onTab={move} onPreview={() => setPreviewing(true)} action={action} />
      <p className="sr" role="status">
        {said}
      </p>
      <Sheet side="bottom" title="Preview" open={previewing} onOpenChange={setPreviewing}>
        <div className="flex min-h-0 flex-1 flex-col">
          <PreviewPane {...preview} untitled />
        </div>
      </Sheet>
    </>
  )
}

function busyTabs({ files, partitions }: WizardTabProps['source']): WizardTab[] {
  return [
    ...(files.busy ? (['files'] as const) : []),
    ...(partitions.busy ? (['partitioning'] as const) : []),
  ]
}
