import * as z from 'zod'
import { PROJECT_LEVELS } from './policy'

/** `"AUDIT"`: a capital letter, then capitals, digits and underscores; never changes. */
export const projectKey = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,39}$/, 'is 1 to 40 capitals, digits and underscores, beginning with a capital')

/** A name people read: 1 to 100 characters, none of them invisible. */
export const projectName = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'is missing')
      .max(100, 'has more than 100 characters')
      .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'has characters that do not show'),
  )

export const projectLevel = z.enum(PROJECT_LEVELS)

export const projectItem = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  datasets: z.number().int(),
  members: z.number().int(),
  level: projectLevel,
  updatedAt: z.iso.datetime(),
})
export type ProjectItem = z.infer<typeof projectItem>

export const projectList = z.object({ projects: z.array(projectItem), canCreate: z.boolean() })

export const projectMember = z.object({
  principal: z.enum(['group', 'user']),
  id: z.string(),
  name: z.string(),
  level: projectLevel,
  /** People behind a group. */
  people: z.number().int(),
  from: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
})
export type ProjectMember = z.infer<typeof projectMember>

export const project = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  /** A program may own a project: it has no login. */
  owner: z.object({ id: z.string(), name: z.string(), login: z.string().nullable() }),
  version: z.number().int(),
  level: projectLevel,
  members: z.array(projectMember),
  can: z.object({ write: z.boolean(), admin: z.boolean(), handOver: z.boolean() }),
})
export type Project = z.infer<typeof project>

export const projectCreation = z.object({
  key: projectKey,
  name: projectName,
  description: z.string().max(2_000, 'The description has at most 2,000 characters.').default(''),
})
export type ProjectCreation = z.infer<typeof projectCreation>

export const projectMembersChange = z.object({
  version: z.number().int(),
  reason: z.string().max(500).optional(),
  members: z.array(
    z.object({
      principal: z.enum(['group', 'user']),
      id: z.string(),
      level: projectLevel,
      until: z.iso.datetime().nullable().default(null),
    }),
  ),
})
export type ProjectMembersChange = z.infer<typeof projectMembersChange>

export const projectOwnerChange = z.object({
  version: z.number().int(),
  /** Who shall own the project, and administer it. */
  userId: z.string(),
  reason: z.string().max(500).optional(),
})
export type ProjectOwnerChange = z.infer<typeof projectOwnerChange>

/** A group or a person that could become a member. */
export const projectPrincipal = z.object({
  principal: z.enum(['group', 'user']),
  id: z.string(),
  name: z.string(),
  /** People behind a group; 1 for a person. */
  people: z.number().int(),
})
export type ProjectPrincipal = z.infer<typeof projectPrincipal>
/** The first of those found, and how many more there are. */
export const projectPrincipals = z.object({ items: z.array(projectPrincipal), more: z.number().int() })
