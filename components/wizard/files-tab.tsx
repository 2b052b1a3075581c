'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { FormGroup } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { BrowseDialog } from './browse-dialog'
import { folderOf } from './browse-model'
import { ConnectionField } from './connection-field'
import { FilesFound } from './files-found'
import { KindsBeside } from './kinds-beside'
import { BudgetSelect } from './listing-cost'
import { PathFields } from './path-fields'
import { SelectionFields } from './selection-fields'
import { mistakeAt, type WizardTabProps } from './tab-props'
import { LIST_ID, useFilesTab } from './use-files-tab'

/** Which files: connection, path, rules, and what a listing of them says. */
export function FilesTab(props: WizardTabProps) {
  const { state, dispatch, source, readOnly } = props
  const { definition } = state
  const { params } = definition
  const [browsing, setBrowsing] = useState(false)
  const tab = useFilesTab(props)
  const { advanced, list, take } = tab
  return (
    <div className="stack">
      <div className="form">
        <ConnectionField
          value={params.connection}
          error={mistakeAt(props, 'files', 'S3 connection')}
          disabled={Boolean(readOnly)}
          onValueChange={(connection) => dispatch({ step: 'set-connection', connection })}
        />
        <PathFields {...props} tab={tab} onBrowse={() => setBrowsing(true)} />
        <FormGroup>
          <div className="row wrap gap-4">
            <Button
              id={LIST_ID}
              icon="refresh"
              disabledReason={tab.cannotList}
              busy={source.files.busy || source.files.looking}
              onClick={() => list()}
            >
              List files
            </Button>
            <BudgetSelect listing={source.files} />
            <LinkButton aria-expanded={advanced} onClick={() => tab.setAdvanced((now) => !now)}>
              {advanced ? 'Hide advanced options' : 'Show advanced options'}
            </LinkButton>
          </div>
        </FormGroup>
        {advanced && <SelectionFields {...props} />}
      </div>
      <FilesFound
        source={source}
        pathRefused={tab.pathError !== undefined}
        onList={(upTo) => list(definition, upTo)}
        onKeepOnly={readOnly ? null : tab.keepOnlyKind}
        notices={
          <KindsBeside
            source={source}
            rules={params.filesSelectionRules}
            onTake={readOnly ? null : (rules, label) => take(rules, `${label}: done.`)}
          />
        }
      />
      {browsing && (
        <BrowseDialog
          connection={params.connection}
          bucket={params.bucket}
          start={folderOf(params.path)}
          choose="folder"
          onClose={() => setBrowsing(false)}
          onChoose={(path) => {
            dispatch({ step: 'set-path', path })
            list({ ...definition, params: { ...params, path } })
          }}
        />
      )}
    </div>
  )
}
