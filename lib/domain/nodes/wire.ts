import * as z from 'zod'
import { nodeType } from '../audit/vocabulary'

/** What a node reads after its events were stored. */
export const intakeReceipt = z.object({
  accepted: z.number().int(),
  /** Known already, with the same body. */
  duplicates: z.number().int(),
  /** Known already under the same id with another body: kept as well, and told. */
  conflicts: z.number().int(),
})
export type IntakeReceipt = z.infer<typeof intakeReceipt>

/** A node that sends its events here. */
export const node = z.object({
  id: z.string(),
  name: z.string(),
  type: nodeType,
  state: z.enum(['active', 'revoked']),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  revokedAt: z.iso.datetime().nullable(),
  /** Of the present token; null once the node is revoked. */
  token: z.object({ prefix: z.string(), since: z.iso.datetime() }).nullable(),
  /** Null until it has sent one. */
  lastEventAt: z.iso.datetime().nullable(),
  lastAddress: z.string().nullable(),
  conflicts: z.number().int(),
  canRotate: z.boolean(),
  canRevoke: z.boolean(),
})
export type Node = z.infer<typeof node>

export const nodeList = z.object({
  nodes: z.array(node),
  /** Where nodes post their events. */
  intakeUrl: z.url(),
  /** A command that sends one event, with TOKEN where the token goes. */
  curlExample: z.string(),
  canRegister: z.boolean(),
})
export type NodeList = z.infer<typeof nodeList>

/** The only time a token is told. */
export const nodeWithToken = z.object({ node, token: z.string(), curlExample: z.string() })
export type NodeWithToken = z.infer<typeof nodeWithToken>

export const newNode = z.strictObject({
  name: z
    .string()
    .trim()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/,
      'Letters, digits, "_", "-" and ".", 1 to 100, beginning with a letter or digit.',
    ),
  type: nodeType,
})
export type NewNode = z.infer<typeof newNode>
