import 'server-only'
import { Failure } from '#lib/domain/errors'
import { database, type Tx } from '../platform/db/client'

/** The one space that the interface serves for now; null before the first run. */
export function findTheSpace(tx: Tx = database()): Promise<{ id: string; name: string } | null> {
  return tx.space.findFirst({ orderBy: { createdAt: 'asc' }, select: { id: true, name: true } })
}

/** @throws Failure `unavailable` before the first run */
export async function requireTheSpace(tx?: Tx): Promise<{ id: string; name: string }> {
  const space = await findTheSpace(tx)
  if (space) return space
  throw new Failure('unavailable', 'This Launchpad is not set up yet.', {
    reason: 'not-set-up',
    remedy: 'Open the setup link that is printed on the console of the machine.',
  })
}
