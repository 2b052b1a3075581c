import * as z from 'zod'
import { partitioningWire } from '../partitioning/wire'

/** How files below the path are chosen; modes and rules as in the DSS dataset JSON. */
export const SELECTION_MODES = [
  'ALL',
  'EXPLICIT_SELECT_FILES',
  'RULES_INCLUDED_ONLY',
  'RULES_ALL_BUT_EXCLUDED',
] as const

export const selectionRule = z.looseObject({
  mode: z.enum(['GLOB', 'REGEXP']),
  matchingMode: z.enum(['FILENAME', 'FULL_PATH']),
  expr: z.string().max(2_000),
})
export type SelectionRule = z.infer<typeof selectionRule>

export const filesSelectionRules = z.looseObject({
  mode: z.enum(SELECTION_MODES),
  includeRules: z.array(selectionRule).max(100),
  excludeRules: z.array(selectionRule).max(100),
  explicitFiles: z.array(z.string().max(2_000)).max(10_000),
})
export type FilesSelectionRules = z.infer<typeof filesSelectionRules>

export const ALL_FILES: FilesSelectionRules = {
  mode: 'ALL',
  includeRules: [],
  excludeRules: [],
  explicitFiles: [],
}

/** As many columns as a schema has at most, and as many characters as their names in files. */
export const MOST_COLUMNS = 10_000
export const MOST_SOURCE_CHARS = 10_000
/** Longer names of our own are no use to anybody. */
export const MOST_NAME_CHARS = 1_000

export const schemaColumn = z.looseObject({
  name: z.string().max(MOST_SOURCE_CHARS),
  type: z.string().max(100),
  /** Its name in the files, where it is another one. */
  source: z.string().max(MOST_SOURCE_CHARS).optional(),
  meaning: z.string().max(200).optional(),
  comment: z.string().max(10_000).optional(),
  maxLength: z.number().int().optional(),
})
export type SchemaColumn = z.infer<typeof schemaColumn>

/**
 * What a dataset is, in the shape of DSS's dataset JSON; unknown keys are kept and given back.
 * The schema checks shapes alone, so that a draft can hold mistakes; `findProblems` checks the rules.
 */
export const datasetDefinition = z.looseObject({
  type: z.literal('S3').default('S3'),
  params: z.looseObject({
    connection: z.string().max(200),
    bucket: z.string().max(200).nullable().default(null),
    path: z.string().max(2_000),
    notReadyIfEmpty: z.boolean().default(false),
    filesSelectionRules: filesSelectionRules.default(ALL_FILES),
  }),
  formatType: z.string().max(100),
  formatParams: z.looseObject({}),
  partitioning: partitioningWire,
  schema: z.looseObject({
    columns: z.array(schemaColumn).max(MOST_COLUMNS),
    userModified: z.boolean().default(false),
  }),
  /** What to do with files that cannot be read: stop, or go on and count them. */
  unreadableFiles: z.enum(['fail', 'warn']).default('fail'),
})
export type DatasetDefinition = z.infer<typeof datasetDefinition>

export const LINE_COLUMN: SchemaColumn = { name: 'line', type: 'string' }

/** A dataset as the wizard begins it: one record per line, not partitioned. */
export const newDefinition = (): DatasetDefinition => ({
  type: 'S3',
  params: { connection: '', bucket: null, path: '/', notReadyIfEmpty: false, filesSelectionRules: ALL_FILES },
  formatType: 'line',
  formatParams: { charset: 'utf8', compress: '', maxLineChars: 500_000_000 },
  partitioning: {
    dimensions: [],
    filePathPattern: '',
    ignoreNonMatchingFile: true,
    considerMissingRequestedPartitionsAsEmpty: false,
  },
  schema: { columns: [LINE_COLUMN], userModified: false },
  unreadableFiles: 'fail',
})

/** What the reference page sets up, filled in: the audit connections' own button opens the wizard with this. */
export function auditPreset(connection: string): Partial<DatasetDefinition> & { name: string } {
  const instance = connection === 'dku-audit-log'
  const dimensions = instance
    ? [
        { name: 'node_type', type: 'value' as const },
        { name: 'date', type: 'time' as const, params: { period: 'DAY' as const } },
      ]
    : [{ name: 'date', type: 'time' as const, params: { period: 'DAY' as const } }]
  const base = newDefinition()
  return {
    name: instance ? 'instance_audit_logs' : 'api_node_queries',
    params: { ...base.params, connection, path: instance ? '/audit-logs/' : '/apinode-audit-logs/' },
    partitioning: {
      ...base.partitioning,
      dimensions,
      filePathPattern: instance ? '/%{node_type}/%Y/%M/%D/.*' : '/%Y/%M/%D/.*',
    },
  }
}
