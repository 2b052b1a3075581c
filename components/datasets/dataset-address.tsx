export type DatasetTab = 'explore' | 'partitions' | 'metrics' | 'settings'

/** The address of a tab of a dataset: `/projects/AUDIT/datasets/logs/explore`. */
export const datasetAddress = (projectKey: string, name: string, tab: DatasetTab): string =>
  `/projects/${encodeURIComponent(projectKey)}/datasets/${encodeURIComponent(name)}/${tab}`

export const flowAddress = (projectKey: string): string => `/projects/${encodeURIComponent(projectKey)}/flow`
