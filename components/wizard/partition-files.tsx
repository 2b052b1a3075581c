'use client'

import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { BrowseDialog } from './browse-dialog'
import { folderOf } from './browse-model'
import { folderOfPartition } from './partition-folder'

interface PartitionFilesProps {
  id: string
  definition: DatasetDefinition
  onClose: () => void
  /** Previews a file of it, by its path below the dataset's. */
  onChoose: (path: string) => void
}

/** The files of a partition, in the folder that holds them. */
export function PartitionFiles({ id, definition, onClose, onChoose }: PartitionFilesProps) {
  const { connection, bucket, path } = definition.params
  const root = folderOf(path)
  return (
    <BrowseDialog
      connection={connection}
      bucket={bucket}
      start={root + folderOfPartition(definition.partitioning, id).slice(1)}
      choose="file"
      onClose={onClose}
      onChoose={(file) => onChoose(`/${file.slice(root.length)}`)}
    />
  )
}
