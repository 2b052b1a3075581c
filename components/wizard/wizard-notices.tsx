'use client'

import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Banner } from '#components/ui/banner'
import type { WizardState } from '#lib/domain/datasets/wizard'
import type { Result } from '#lib/domain/result'

interface WizardNoticesProps {
  shared: Result<WizardState> | null
  /** Why the connection cannot be used, and whom to ask. */
  ended: { message: string; ask: readonly string[] } | null
  /** Why the dataset could not be created. */
  error: Error | null
  onRetry: () => void
  /** What keeps the draft from being saved. */
  children: ReactNode
}

/** What is to be known before one goes on, between the head and the tabs. */
export function WizardNotices({ shared, ended, error, onRetry, children }: WizardNoticesProps) {
  return (
    <div className="stack gap-2 px-6 pb-3 empty:hidden max-md:px-4 max-md:pt-3 max-md:pb-0">
      {shared && <SharedNotice shared={shared} />}
      {ended && (
        <Banner tone="warn" title={ended.message}>
          {`What you set up here is kept. ${ended.ask.length > 0 ? `Ask: ${ended.ask.join(', ')}.` : ''}`}
        </Banner>
      )}
      {children}
      {error && <ProblemNotice error={error} onRetry={onRetry} />}
    </div>
  )
}

/** Tells settings of a link from one's own. */
function SharedNotice({ shared }: { shared: Result<WizardState> }) {
  if (!shared.ok)
    return <Banner tone="bad" title={shared.issues[0]?.message ?? 'This link cannot be read.'} />
  return (
    <Banner title="These settings come from a link">
      They are a draft of your own now. Files and previews are read under your own rights.
    </Banner>
  )
}
