import { keepFile } from '#lib/client/keep-file'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { toDssDataset } from '#lib/domain/datasets/dss-json'
import { printExactJson } from '#lib/domain/exact-json'

/** The JSON of a dataset as it came, with numbers that JavaScript would round and keys that it would lose. */
export const printDataset = (projectKey: string, name: string, definition: DatasetDefinition): string =>
  printExactJson(toDssDataset(definition, { projectKey, name }), 2)

/** Downloads a dataset as DSS writes it: `instance_audit_logs.json`. */
export function exportDataset(projectKey: string, name: string, definition: DatasetDefinition): void {
  const text = `${printDataset(projectKey, name, definition)}\n`
  keepFile(new Blob([text], { type: 'application/json' }), `${name === '' ? 'dataset' : name}.json`)
}
