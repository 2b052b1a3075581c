'use client'

import dynamic from 'next/dynamic'
import { WorkArea } from '#components/layout/page'
import { WizardBodyToCome, WizardHeadToCome } from './wizard-to-come'

const load = () => import('./wizard-page').then(({ WizardPage }) => WizardPage)
// It is on its way while the frame around it begins; whoever then opens it tells of a failure.
if (typeof window !== 'undefined') load().catch(() => {})

/** The wizard, which is too large to be sent with the frame around it. */
export const OpenWizard = dynamic(load, {
  ssr: false,
  loading: () => (
    <WorkArea>
      <WizardHeadToCome />
      <WizardBodyToCome />
    </WorkArea>
  ),
})
