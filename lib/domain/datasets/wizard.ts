import type { FormatSettings } from '../formats/catalogue'
import type { Period } from '../partitioning/periods'
import { renameDimension } from '../partitioning/rename-dimension'
import type { PartitioningWire } from '../partitioning/wire'
import { type DatasetDefinition, type FilesSelectionRules, newDefinition } from './definition'
import type { WizardTab } from './problem'
import { firstParams, followColumns, isReadAs } from './wizard-format'
import { reduceSchema, type SchemaStep } from './wizard-schema'

/** What the wizard knows: the settings of the dataset to be, and which tabs the person has changed. */
export interface WizardState {
  name: string
  definition: DatasetDefinition
  /** Activated partitioning may still be empty while it is being set up. */
  partitioningActive: boolean
  touched: WizardTab[]
  /** `formatKey` of the settings that the columns of the schema were read by; undefined where nobody knows. */
  columnsReadBy?: string | undefined
}

export type WizardStep =
  | { step: 'load'; state: WizardState }
  | { step: 'set-name'; name: string }
  | { step: 'set-connection'; connection: string }
  | { step: 'set-bucket'; bucket: string | null }
  | { step: 'set-path'; path: string }
  | { step: 'set-selection'; rules: FilesSelectionRules }
  | { step: 'set-format-type'; type: string }
  | { step: 'set-format-params'; params: Record<string, unknown> }
  | { step: 'set-format'; format: FormatSettings }
  | { step: 'take-detected'; format: FormatSettings }
  | {
      step: 'set-found-columns'
      columns: readonly { name: string; type: string }[]
      /** `formatKey` of the settings they were read by; under others they say nothing. */
      readBy?: string
    }
  | SchemaStep
  | { step: 'activate-partitioning' }
  | { step: 'deactivate-partitioning' }
  | { step: 'set-pattern'; pattern: string }
  | { step: 'add-dimension'; type: 'value' | 'time'; name?: string }
  | { step: 'remove-dimension'; index: number }
  | { step: 'move-dimension'; index: number; by: -1 | 1 }
  | { step: 'rename-dimension'; index: number; name: string }
  | { step: 'set-period'; period: Period }
  | { step: 'use-suggestion'; partitioning: Pick<PartitioningWire, 'dimensions' | 'filePathPattern'> }
  | { step: 'set-partitioning-option'; options: Partial<PartitioningWire> }
  | { step: 'set-advanced'; options: { notReadyIfEmpty?: boolean; unreadableFiles?: 'fail' | 'warn' } }

/** The wizard as it opens: no name, no connection, records by line. */
export const newWizard = (): WizardState => ({
  name: '',
  definition: newDefinition(),
  partitioningActive: false,
  touched: [],
  columnsReadBy: formatKey(newDefinition()),
})

/** What tells format settings from others, in whichever order they stand. */
export const formatKey = ({
  formatType,
  formatParams,
}: Pick<DatasetDefinition, 'formatType' | 'formatParams'>): string =>
  JSON.stringify([formatType, Object.entries(formatParams).sort(([a], [b]) => (a < b ? -1 : 1))])

/** One step of the wizard. Pure: the same state and step give the same state. */
export function reduceWizard(state: WizardState, step: WizardStep): WizardState {
  switch (step.step) {
    case 'load':
      return step.state
    case 'set-name':
      return { ...state, name: step.name }
    case 'set-connection':
      // A bucket is one of its connection, which may open another and no other.
      return withParams(
        state,
        step.connection === state.definition.params.connection
          ? {}
          : { connection: step.connection, bucket: null },
      )
    case 'set-bucket':
      return withParams(state, { bucket: step.bucket })
    case 'set-path':
      return withParams(state, { path: step.path })
    case 'set-selection':
      return withParams(state, { filesSelectionRules: step.rules })
    case 'set-format-type':
      return withDefinition(state, 'format', {
        formatType: step.type,
        formatParams: firstParams(step.type, state.definition.formatParams),
      })
    case 'set-format-params':
      return withDefinition(state, 'format', {
        formatParams: { ...state.definition.formatParams, ...step.params },
      })
    case 'set-format':
      return touch(withFormat(state, step.format), 'format')
    case 'take-detected':
      // What a person chose stays; nothing changes where it is read so already, so that no draft is written for it.
      return state.touched.includes('format') || isReadAs(state.definition, step.format)
        ? state
        : withFormat(state, step.format)
    case 'set-found-columns':
      return step.readBy !== undefined && step.readBy !== formatKey(state.definition)
        ? state
        : withFoundColumns(state, step.columns)
    case 'set-column':
    case 'drop-column':
    case 'add-columns':
    case 'move-column':
    case 'set-columns':
      return withDefinition(state, 'schema', { schema: reduceSchema(state.definition.schema, step) })
    case 'set-advanced':
      return withAdvanced(state, step.options)
    default:
      return reducePartitioning(state, step)
  }
}

type PartitioningStep = Extract<
  WizardStep,
  {
    step:
      | 'activate-partitioning'
      | 'deactivate-partitioning'
      | 'set-pattern'
      | 'add-dimension'
      | 'remove-dimension'
      | 'move-dimension'
      | 'rename-dimension'
      | 'set-period'
      | 'use-suggestion'
      | 'set-partitioning-option'
  }
>

function reducePartitioning(state: WizardState, step: PartitioningStep): WizardState {
  const { dimensions, filePathPattern = '' } = state.definition.partitioning
  switch (step.step) {
    case 'activate-partitioning':
      return touch({ ...state, partitioningActive: true }, 'partitioning')
    case 'deactivate-partitioning':
      return {
        ...withPartitioning(state, { dimensions: [], filePathPattern: '' }),
        partitioningActive: false,
      }
    case 'set-pattern':
      return withPartitioning(state, { filePathPattern: step.pattern })
    case 'add-dimension':
      return withPartitioning(state, { dimensions: addDimension(dimensions, step) })
    case 'remove-dimension':
      return withPartitioning(state, { dimensions: dimensions.filter((_, index) => index !== step.index) })
    case 'move-dimension':
      return withPartitioning(state, { dimensions: move(dimensions, step.index, step.by) })
    case 'rename-dimension':
      return withPartitioning(state, {
        ...renameDimension({ dimensions, filePathPattern }, step.index, step.name),
      })
    case 'set-period':
      return withPartitioning(state, {
        dimensions: dimensions.map((dimension) =>
          dimension.type === 'time'
            ? { ...dimension, params: { ...dimension.params, period: step.period } }
            : dimension,
        ),
      })
    case 'use-suggestion':
      return { ...withPartitioning(state, step.partitioning), partitioningActive: true }
    case 'set-partitioning-option':
      return touch(withPartitioning(state, step.options), 'advanced')
  }
}

const touch = (state: WizardState, tab: WizardTab): WizardState =>
  state.touched.includes(tab) ? state : { ...state, touched: [...state.touched, tab] }

const withDefinition = (
  state: WizardState,
  tab: WizardTab,
  change: Partial<DatasetDefinition>,
): WizardState => touch({ ...state, definition: { ...state.definition, ...change } }, tab)

const withParams = (state: WizardState, change: Partial<DatasetDefinition['params']>): WizardState =>
  withDefinition(state, 'files', { params: { ...state.definition.params, ...change } })

const withPartitioning = (state: WizardState, change: Partial<PartitioningWire>): WizardState =>
  withDefinition(state, 'partitioning', { partitioning: { ...state.definition.partitioning, ...change } })

const withFormat = (state: WizardState, { type, params }: FormatSettings): WizardState => ({
  ...state,
  definition: { ...state.definition, formatType: type, formatParams: params },
})

function withFoundColumns(state: WizardState, found: readonly { name: string; type: string }[]): WizardState {
  const { schema } = state.definition
  if (!doColumnsFollow(state) || found.length === 0) return state
  const columns = followColumns(schema.columns, found)
  const columnsReadBy = formatKey(state.definition)
  if (columns === null) return state.columnsReadBy === columnsReadBy ? state : { ...state, columnsReadBy }
  return { ...state, columnsReadBy, definition: { ...state.definition, schema: { ...schema, columns } } }
}

/** A schema that nobody has touched is the files' own. */
export const doColumnsFollow = ({ definition, touched }: WizardState): boolean =>
  !definition.schema.userModified && !touched.includes('schema')

function withAdvanced(
  state: WizardState,
  options: Extract<WizardStep, { step: 'set-advanced' }>['options'],
): WizardState {
  const { params } = state.definition
  return withDefinition(state, 'advanced', {
    params: { ...params, notReadyIfEmpty: options.notReadyIfEmpty ?? params.notReadyIfEmpty },
    unreadableFiles: options.unreadableFiles ?? state.definition.unreadableFiles,
  })
}

type Dimensions = PartitioningWire['dimensions']

function addDimension(
  dimensions: Dimensions,
  { type, name }: { type: 'value' | 'time'; name?: string },
): Dimensions {
  if (type === 'time') {
    if (dimensions.some((dimension) => dimension.type === 'time')) return dimensions
    return [...dimensions, { name: name ?? freeName(dimensions, 'date'), type, params: { period: 'DAY' } }]
  }
  return [...dimensions, { name: name ?? freeName(dimensions, 'dimension'), type }]
}

function freeName(dimensions: Dimensions, wish: string): string {
  const taken = new Set(dimensions.map((dimension) => dimension.name))
  if (!taken.has(wish)) return wish
  let number = 2
  while (taken.has(`${wish}_${number}`)) number++
  return `${wish}_${number}`
}

function move(dimensions: Dimensions, index: number, by: -1 | 1): Dimensions {
  const moved = [...dimensions]
  const [taken] = moved.splice(index, 1)
  if (!taken || index + by < 0 || index + by > moved.length) return dimensions
  moved.splice(index + by, 0, taken)
  return moved
}
