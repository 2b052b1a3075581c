import * as z from 'zod'

/** One way a right comes about: a line of the list that holds for the person. */
export const accessPath = z.object({
  /** `"Everyone in this space"`, the group's name, or `"granted to this person"`. */
  through: z.string(),
  principal: z.enum(['everyone', 'group', 'user']),
  since: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
  by: z.string(),
})
export type AccessPath = z.infer<typeof accessPath>

export const accessEntry = z.object({
  kind: z.enum(['person', 'personal-key', 'global-key', 'project-key']),
  id: z.string(),
  name: z.string(),
  /** A person's login, a personal key's owner, a project key's project. */
  second: z.string(),
  paths: z.array(accessPath),
  /** When the last of them ends; null without an end. */
  until: z.iso.datetime().nullable(),
})
export type AccessEntry = z.infer<typeof accessEntry>

/** A dataset on the connection, and to whom it hands its data. */
export const datasetAccess = z.object({
  projectKey: z.string(),
  dataset: z.string(),
  readers: z.number().int(),
  /** Readers of the project whom the connection keeps out. */
  locked: z.number().int(),
  names: z.array(z.string()),
  /** Readers who may not use the connection themselves. */
  withoutUse: z.number().int(),
})
export type DatasetAccess = z.infer<typeof datasetAccess>

export const connectionAccess = z.object({
  at: z.iso.datetime(),
  total: z.number().int(),
  people: z.number().int(),
  keys: z.number().int(),
  entries: z.array(accessEntry),
  datasets: z.array(datasetAccess),
  readRequired: z.boolean(),
})
export type ConnectionAccess = z.infer<typeof connectionAccess>

/** What depends on a connection, named before it is removed. */
export const connectionDependents = z.object({
  datasets: z.array(z.object({ projectKey: z.string(), name: z.string(), owner: z.string() })),
  projects: z.number().int(),
  total: z.number().int(),
})
export type ConnectionDependents = z.infer<typeof connectionDependents>

/** The end of several rights that add up: the latest, null when one has none. */
export function lastEnd(paths: readonly { until: string | null }[]): string | null {
  let last = ''
  for (const { until } of paths) {
    if (until === null) return null
    if (until > last) last = until
  }
  return last === '' ? null : last
}
