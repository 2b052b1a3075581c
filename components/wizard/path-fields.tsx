'use client'

import { Button } from '#components/ui/button'
import { FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Joined } from '#components/ui/joined'
import { mistakeAt, type WizardTabProps } from './tab-props'
import { BROWSE_ID, type useFilesTab } from './use-files-tab'

interface PathFieldsProps extends WizardTabProps {
  tab: Pick<ReturnType<typeof useFilesTab>, 'free' | 'list' | 'leave' | 'pathError'>
  onBrowse: () => void
}

/** Where the files lie: the bucket, if that is left to the dataset, and the path in it. */
export function PathFields({ tab, onBrowse, ...props }: PathFieldsProps) {
  const { state, dispatch, readOnly } = props
  const { params } = state.definition
  const { free, list, leave, pathError } = tab
  return (
    <>
      {free && (
        <FormRow
          label="Bucket"
          error={mistakeAt(props, 'files', 'Bucket')}
          hint="This connection leaves the bucket to each dataset."
        >
          <Input
            mono
            value={params.bucket ?? ''}
            readOnly={Boolean(readOnly)}
            onChange={({ target }) => dispatch({ step: 'set-bucket', bucket: target.value || null })}
            onKeyDown={({ key }) => key === 'Enter' && list()}
            onBlur={leave}
          />
        </FormRow>
      )}
      <FormRow label="Path in bucket" error={pathError}>
        <Joined>
          <Input
            mono
            spellCheck={false}
            value={params.path}
            readOnly={Boolean(readOnly)}
            onChange={({ target }) => dispatch({ step: 'set-path', path: target.value })}
            onKeyDown={({ key }) => key === 'Enter' && list()}
            onBlur={leave}
          />
          <Button
            id={BROWSE_ID}
            disabledReason={params.connection === '' ? 'Choose the S3 connection first.' : readOnly}
            onClick={onBrowse}
          >
            Browse…
          </Button>
        </Joined>
      </FormRow>
    </>
  )
}
