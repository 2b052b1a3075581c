import { type DatasetDefinition, MOST_COLUMNS, type SchemaColumn } from './definition'
import { nameFreely, type WantedColumn } from './schema-diff'

/** What a person does to the columns of a schema. */
export type SchemaStep =
  | { step: 'set-column'; index: number; column: SchemaColumn }
  | { step: 'drop-column'; index: number }
  /** Columns of the files that the schema does not hold, or held once. */
  | { step: 'add-columns'; columns: readonly WantedColumn[] }
  | { step: 'move-column'; index: number; to: number }
  | { step: 'set-columns'; columns: readonly SchemaColumn[] }

/** One step of the schema, which is a person's own from then on. */
export function reduceSchema(
  schema: DatasetDefinition['schema'],
  step: SchemaStep,
): DatasetDefinition['schema'] {
  return { ...schema, columns: columnsAfter(schema.columns, step).slice(0, MOST_COLUMNS), userModified: true }
}

function columnsAfter(columns: readonly SchemaColumn[], step: SchemaStep): SchemaColumn[] {
  switch (step.step) {
    case 'set-column':
      return columns.map((before, index) => (index === step.index ? step.column : before))
    case 'drop-column':
      return columns.filter((_, index) => index !== step.index)
    case 'add-columns':
      return [...columns, ...nameFreely(columns, step.columns)]
    case 'move-column':
      return moveTo(columns, step.index, step.to)
    case 'set-columns':
      return [...step.columns]
  }
}

/** Takes a column to a place, or as near to it as there are columns. */
function moveTo(columns: readonly SchemaColumn[], index: number, to: number): SchemaColumn[] {
  const moved = [...columns]
  const [taken] = moved.splice(index, 1)
  if (taken) moved.splice(Math.max(0, Math.min(to, moved.length)), 0, taken)
  return moved
}
