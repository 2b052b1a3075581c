import type { DatasetDefinition } from '#lib/domain/datasets/definition'

type Settings = Pick<DatasetDefinition, 'params'>

/** What makes two listings of files the same: where they look, and what they leave out. */
export const filesSignature = ({ params }: Settings): string =>
  JSON.stringify([params.connection, params.bucket, params.path, params.filesSelectionRules])

/** Where a listing looked, as told from where the settings look now: `"/logs/ of connection lake"`; null for the same place. */
export function sayFormerPlace(signature: string, { params }: Settings): string | null {
  const [connection, bucket, path] = JSON.parse(signature) as [string | null, string | null, string]
  if (connection !== params.connection)
    return `${path} of ${connection ? `connection ${connection}` : 'no connection'}`
  if (bucket !== params.bucket) return `${path} of ${bucket ? `bucket ${bucket}` : 'the connection’s bucket'}`
  return path === params.path ? null : path
}
