'use client'

import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import type { FilesSelectionRules } from '#lib/domain/datasets/definition'
import { leaveFolderOut, sayBeside } from '#lib/domain/datasets/files-detection'
import { findOddKinds, fixOddKinds, sayOddKinds } from '#lib/domain/datasets/odd-kinds'
import { useDetection } from './use-detection'
import type { WizardSource } from './use-wizard-source'

interface KindsBesideProps {
  source: WizardSource
  rules: FilesSelectionRules
  /** Takes rules by the button of that label; null where nothing can be changed. */
  onTake: ((rules: FilesSelectionRules, label: string) => void) | null
}

/** Files that hardly belong to the dataset: of other kinds, or in folders of other content, with what leaves them. */
export function KindsBeside({ source, rules, onTake }: KindsBesideProps) {
  const beside = useDetection(source).data?.beside ?? []
  const report = source.filesAreCurrent ? source.files.report : null
  const odd = report && findOddKinds(report)
  return (
    <>
      {beside.map((one) => {
        const left = leaveFolderOut(rules, one)
        const label = `Leave out ${one.folder.replace(/^.*(?=\/[^/]+\/$)/, '')}`
        return (
          <Banner
            key={one.folder}
            tone="warn"
            title="Not all folders hold the same"
            actions={
              left &&
              onTake && (
                <Button small onClick={() => onTake(left, label)}>
                  {label}
                </Button>
              )
            }
          >
            <p className="wrap-anywhere">{sayBeside(one)}</p>
          </Banner>
        )
      })}
      {report && odd && (
        <Banner
          tone="warn"
          title="Files of other kinds are among them"
          actions={
            onTake &&
            fixOddKinds(odd, rules, report.kinds).map((fix) => (
              <Button key={fix.label} small onClick={() => onTake(fix.rules, fix.label)}>
                {fix.label}
              </Button>
            ))
          }
        >
          <p className="wrap-anywhere">{sayOddKinds(odd, report.kept)}</p>
        </Banner>
      )}
    </>
  )
}
