import type { Store } from './behind'

/** The settings of a dataset of one record per line, as the wizard sends them. */
export const lineDefinition = (connection: string, path = '/') => ({
  type: 'S3',
  params: { connection, bucket: null, path },
  formatType: 'line',
  formatParams: { charset: 'utf8', compress: '', maxLineChars: 500_000_000 },
  partitioning: { dimensions: [], filePathPattern: '', ignoreNonMatchingFile: true },
  schema: { columns: [{ name: 'line', type: 'string' }], userModified: false },
})

/** The settings of a connection to the embedded store. */
export const storeParams = (store: Pick<Store, 'endpoint' | 'bucket' | 'accessKeyId'>, root = '/') => ({
  store: 'own',
  credentials: 'KEYPAIR',
  accessKeyId: store.accessKeyId,
  roleArn: '',
  region: 'us-east-1',
  endpoint: store.endpoint,
  pathStyle: true,
  checksumMode: 'WHEN_SUPPORTED',
  bucket: store.bucket,
  root,
  allowedPrefixes: [],
  defaultBucket: '',
  defaultPath: '/',
  encryption: { kind: 'none' },
  allowWrite: false,
  allowManagedDatasets: false,
})

/** What the Permissions page sends: usable by these groups alone. */
export const usableByGroups = (groupIds: string[], readRequired = false) => ({
  usableBy: 'selected',
  grants: groupIds.map((id) => ({ principal: 'group', id, until: null })),
  detailsBy: 'nobody',
  detailsGroups: [],
  readRequired,
  hidden: false,
})
