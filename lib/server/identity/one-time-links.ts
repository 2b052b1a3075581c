import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { OneTimeLink } from '#lib/domain/identity/wire'
import { now } from '../platform/clock'
import { config } from '../platform/config'
import type { Tx } from '../platform/db/client'
import { hashSecret, newId, newSecret } from '../platform/ids'

const LIFE_MS = 7 * 86_400_000

type LinkKind = 'invite' | 'reset'

interface NewLink {
  spaceId: string
  kind: LinkKind
  createdBy: string
  userId?: string
  email?: string
  groupIds?: string[]
}

/** Makes a link that works once, for seven days. The token is in the answer and nowhere else. */
export async function insertLink(tx: Tx, fields: NewLink): Promise<OneTimeLink> {
  const token = newSecret(`lp_${fields.kind}`)
  const createdAt = now()
  const expiresAt = new Date(createdAt.getTime() + LIFE_MS)
  const id = newId()
  await tx.oneTimeLink.create({ data: { id, ...fields, tokenHash: hashSecret(token), createdAt, expiresAt } })
  return { id, link: `${config().url.origin}/${fields.kind}/${token}`, expiresAt: expiresAt.toISOString() }
}

/** The Prisma filter for links that still work. */
export const openAt = (at: Date) => ({ usedAt: null, revokedAt: null, expiresAt: { gt: at } })

/** The link of a token, still open. @throws Failure `not_found` when it is unknown, used, withdrawn or too old */
export async function findLink(tx: Tx, kind: LinkKind, token: string) {
  const link = await tx.oneTimeLink.findFirst({
    where: { kind, tokenHash: hashSecret(token), ...openAt(now()) },
  })
  if (!link) throw endedLink()
  return link
}

/** Uses a link up: of two at once the second one finds it used. @throws Failure as findLink */
export async function takeLink(tx: Tx, kind: LinkKind, token: string) {
  const link = await findLink(tx, kind, token)
  const at = now()
  const { count } = await tx.oneTimeLink.updateMany({
    where: { id: link.id, ...openAt(at) },
    data: { usedAt: at },
  })
  if (count === 0) throw endedLink()
  return link
}

const endedLink = () =>
  new Failure('not_found', 'This link has been used, was withdrawn, or is older than seven days.', {
    reason: 'link-ended',
    remedy: 'Ask an administrator for a new one.',
  })
