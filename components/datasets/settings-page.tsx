'use client'

import dynamic from 'next/dynamic'
import { Skeleton } from '#components/ui/skeleton'
import { DatasetFrame } from './dataset-frame'
import { DatasetHead } from './dataset-head'
import { DeleteDataset } from './delete-dataset'
import { SettingsSummary } from './settings-summary'

const loadEditor = () => import('./settings-editor').then(({ SettingsEditor }) => SettingsEditor)
// It is on its way while the dataset is read.
if (typeof window !== 'undefined') loadEditor().catch(() => {})
const SettingsEditor = dynamic(loadEditor, {
  ssr: false,
  loading: () => <Skeleton label="Loading the settings" rows={6} />,
})

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
