import { Skeleton } from '#components/ui/skeleton'

export const WIZARD_TITLE = 'New Amazon S3 dataset'

/** The head until there is a wizard to stand in it. */
export const WizardHeadToCome = () => (
  <div className="wizard-head">
    <h1>{WIZARD_TITLE}</h1>
  </div>
)

export const WizardBodyToCome = () => (
  <div className="p-6">
    <Skeleton label="Loading the wizard" rows={6} />
  </div>
)
