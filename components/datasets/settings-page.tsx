'use client'

import { DatasetFrame } from './dataset-frame'
import { DatasetHead } from './dataset-head'
import { DeleteDataset } from './delete-dataset'
import { SettingsEditor } from './settings-editor'
import { SettingsSummary } from './settings-summary'

/** Settings: the tabs of the wizard on what is saved; without the right to change them, what they are. */
export function SettingsPage({ projectKey, name }: { projectKey: string; name: string }) {
  return (
    <DatasetFrame projectKey={projectKey} name={name} tab="settings" readsData={false}>
      {(dataset, ended) =>
        dataset.can.edit || ended !== null ? (
          <SettingsEditor dataset={dataset} ended={ended} />
        ) : (
          <>
            <DatasetHead
              dataset={dataset}
              tab="settings"
              actions={dataset.can.delete && <DeleteDataset dataset={dataset} />}
            />
            <SettingsSummary dataset={dataset} />
          </>
        )
      }
    </DatasetFrame>
  )
}
