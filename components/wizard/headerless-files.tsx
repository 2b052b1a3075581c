'use client'

import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { headerlessProblems, leaveOut, readByPosition } from '#lib/domain/datasets/headerless-files'
import type { WizardTabProps } from './tab-props'

/** Files that lack the header which others have, with what can be done about it. */
export function HeaderlessFiles({ state, dispatch, source, readOnly }: WizardTabProps) {
  const { report } = source.columns
  const [problem] = report ? headerlessProblems(report) : []
  if (!report || !problem) return null
  const left = leaveOut(report, state.definition.params.filesSelectionRules)
  return (
    <Banner
      tone="warn"
      title="Not all files have a header"
      actions={
        readOnly ? undefined : (
          <>
            <Button small onClick={() => dispatch(readByPosition(report))}>
              Read by position
            </Button>
            {left && (
              <Button small onClick={() => dispatch(left)}>
                Leave out
              </Button>
            )}
          </>
        )
      }
    >
      <p className="wrap-anywhere">{problem.message}</p>
    </Banner>
  )
}
