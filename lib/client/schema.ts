import { queryOptions } from '@tanstack/react-query'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { type SchemaReport, type SchemaRequest, schemaReport } from '#lib/domain/datasets/schema-report'
import { call } from './api'

/** Reads the columns of files of different ages together, which takes up to 8 s. */
export const readSchema = (request: SchemaRequest, signal: AbortSignal): Promise<SchemaReport> =>
  call('POST', '/api/files/schema', schemaReport, { body: request, signal })

/** Where the last report of files under these settings is kept; what the schema itself says does not matter. */
export const schemaReportKey = ({ params, formatType, formatParams, partitioning }: DatasetDefinition) =>
  [
    'files',
    'schema',
    [params.connection, params.bucket, params.path, params.filesSelectionRules],
    [formatType, formatParams],
    [partitioning.dimensions, partitioning.filePathPattern],
  ] as const

/** The columns that files have under these settings, whatever the schema says; `files` are to be among those read. */
export const columnsQuery = (definition: DatasetDefinition, files: readonly string[]) =>
  queryOptions({
    queryKey: [...schemaReportKey(definition), 'columns', files],
    queryFn: ({ signal }) => {
      const schema = { columns: [], userModified: false }
      return readSchema({ definition: { ...definition, schema }, files: [...files] }, signal)
    },
    staleTime: 10 * 60_000,
    refetchOnWindowFocus: false,
  })
