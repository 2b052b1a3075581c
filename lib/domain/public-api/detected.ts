import type { SchemaReport } from '../datasets/schema-report'
import type { Detection } from '../formats/detection'

/** The columns that files were seen to have, as a schema; of the inferred types where those were asked for. */
export const toSchemaColumns = ({ columns }: SchemaReport, infer: boolean) =>
  columns.map(({ name, type, inferred }) => ({ name, type: infer ? inferred : type }))

/** Says why nothing was detected, in the words of the first file that could not be looked at. */
export function explainEmptyDetection({ files }: Detection): string {
  const stuck = files.find(({ problem }) => problem !== null)
  return stuck ? `${stuck.path}: ${stuck.problem}` : 'None of the files could be recognised.'
}
