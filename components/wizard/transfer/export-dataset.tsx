import { keepFile } from '#lib/client/keep-file'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { toDssDataset } from '#lib/domain/datasets/dss-json'

/** Downloads a dataset as DSS writes it: `instance_audit_logs.json`. */
export function exportDataset(projectKey: string, name: string, definition: DatasetDefinition): void {
  const text = `${JSON.stringify(toDssDataset(definition, { projectKey, name }), null, 2)}\n`
  keepFile(new Blob([text], { type: 'application/json' }), `${name === '' ? 'dataset' : name}.json`)
}
